package io.gatehouse.inbound;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.Charset;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BasicCredentialResolverTest {

    private static PresentedBasic of(String... values) {
        return BasicCredentialResolver.resolve(
                new FakeRequest().header("Authorization", values).request());
    }

    private static String basic(String text, Charset charset) {
        return "Basic " + Base64.getEncoder().encodeToString(text.getBytes(charset));
    }

    private static void assertPresent(PresentedBasic presented, String name, String password) {
        assertThat(presented).isInstanceOf(PresentedBasic.Present.class);
        BasicCredential credential = ((PresentedBasic.Present) presented).credential();
        assertThat(credential.name()).isEqualTo(name);
        assertThat(new String(credential.password())).isEqualTo(password);
        assertThat(presented.toString()).doesNotContain(name + ":", password + "]");
    }

    /** The examples of RFC 7617 §2 and §2.1. */
    @ParameterizedTest
    @CsvSource({"Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ==,Aladdin,open sesame", "Basic dGVzdDoxMjPCow==,test,123\u00a3"})
    void readsTheExamplesOfTheStandard(String header, String name, String password) {
        assertPresent(of(header), name, password);
    }

    @ParameterizedTest
    @ValueSource(strings = {"basic YTpi", "BASIC YTpi", "Basic    YTpi", " Basic YTpi\t"})
    void takesTheSchemeInAnyCaseAndSpacesAroundIt(String header) {
        assertPresent(of(header), "a", "b");
    }

    @ParameterizedTest
    @CsvSource({
        "a:b:c,a,b:c",
        "a::,a,:",
        "'a: b ',a,' b '",
        "'a b:c+d%e/f',a b,c+d%e/f",
        "j\u00f6rg:p\u00e4ss\ud83d\ude00,j\u00f6rg,p\u00e4ss\ud83d\ude00"
    })
    void splitsAtTheFirstColonAndKeepsEverythingElse(String text, String name, String password) {
        assertPresent(of(basic(text, UTF_8)), name, password);
    }

    @ParameterizedTest
    @CsvSource({"':b','',b", "a:,a,''", ":,'',''"})
    void seesAnEmptyNameOrPassword(String text, String name, String password) {
        PresentedBasic presented = of(basic(text, UTF_8));
        BasicCredential credential = ((PresentedBasic.Present) presented).credential();
        assertThat(credential.name()).isEqualTo(name);
        assertThat(new String(credential.password())).isEqualTo(password);
        assertThat(credential.isEmptyInPart()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "Bearer a",
                "BasicYTpi",
                "Basic:YTpi",
                "Basic=YTpi",
                "Basics YTpi",
                "xBasic YTpi",
                "YTpi",
                "Digest a"
            })
    void isNotMeantByAnotherScheme(String header) {
        assertThat(of(header)).isInstanceOf(PresentedBasic.Absent.class);
    }

    @Test
    void isNotMeantWithoutAHeader() {
        assertThat(BasicCredentialResolver.resolve(new FakeRequest().request()))
                .isInstanceOf(PresentedBasic.Absent.class);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            ignoreLeadingAndTrailingWhitespace = false,
            value = {
                "Basic|the Basic credentials have no colon",
                "Basic |the Basic credentials have no colon",
                "Basic YWI=|the Basic credentials have no colon",
                "Basic a:b|the Basic credentials are not base64",
                "Basic YTpi YTpi|the Basic credentials are not base64",
                "Basic YTpi, Bearer a|the Basic credentials are not base64",
                "Basic\tYTpi|the Basic credentials are not base64",
                "Basic Y_-i|the Basic credentials are not base64",
                "Basic \"YTpi\"|the Basic credentials are not base64",
                "Basic YTpi=|the Basic credentials are not base64",
                "Basic YToAYg==|the Basic credentials have control characters",
                "Basic YTpiCg==|the Basic credentials have control characters",
                "Basic YTp/|the Basic credentials have control characters"
            })
    void saysWhatIsNotWellFormed(String header, String problem) {
        assertThat(of(header)).isEqualTo(new PresentedBasic.Malformed(problem));
    }

    @Test
    void takesUtf8OnlyAsTheChallengeSays() {
        assertThat(of(basic("j\u00f6rg:b", ISO_8859_1)))
                .isEqualTo(new PresentedBasic.Malformed("the Basic credentials are not UTF-8"));
    }

    @Test
    void isBoundedInLength() {
        assertThat(of(basic("a:" + "b".repeat(6000), UTF_8))).isInstanceOf(PresentedBasic.Present.class);
        assertThat(of(basic("a:" + "b".repeat(6200), UTF_8)))
                .isEqualTo(new PresentedBasic.Malformed("the Basic credentials are too long"));
    }

    @Test
    void takesOneHeaderOnly() {
        assertThat(of("Basic YTpi", "Basic YTpi")).isInstanceOf(PresentedBasic.Malformed.class);
        assertThat(of("Basic YTpi", "Bearer a")).isInstanceOf(PresentedBasic.Malformed.class);
    }
}
