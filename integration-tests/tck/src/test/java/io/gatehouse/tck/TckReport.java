package io.gatehouse.tck;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.SAXException;

/** What the XML reports of the TCK's run say, by {@code class.method}. */
record TckReport(Set<String> run, Set<String> failed, Set<String> skipped) {

    static TckReport read(Path directory) {
        TckReport report = new TckReport(new TreeSet<>(), new TreeSet<>(), new TreeSet<>());
        try (Stream<Path> files = Files.list(directory)) {
            files.filter(file -> file.getFileName().toString().matches("TEST-.*\\.xml"))
                    .forEach(report::add);
            return report;
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private void add(Path file) {
        try {
            NodeList testCases = DocumentBuilderFactory.newInstance()
                    .newDocumentBuilder()
                    .parse(file.toFile())
                    .getElementsByTagName("testcase");
            for (int i = 0; i < testCases.getLength(); i++) {
                add((Element) testCases.item(i));
            }
        } catch (IOException | ParserConfigurationException | SAXException unreadable) {
            throw new IllegalStateException(file.toString(), unreadable);
        }
    }

    private void add(Element testCase) {
        String name = testCase.getAttribute("classname") + "." + testCase.getAttribute("name");
        run.add(name);
        if (has(testCase, "failure") || has(testCase, "error")) {
            failed.add(name);
        }
        if (has(testCase, "skipped")) {
            skipped.add(name);
        }
    }

    private static boolean has(Element testCase, String outcome) {
        return testCase.getElementsByTagName(outcome).getLength() > 0;
    }
}
