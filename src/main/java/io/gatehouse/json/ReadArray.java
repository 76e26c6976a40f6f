package io.gatehouse.json;

import java.util.AbstractList;
import java.util.RandomAccess;

/** The elements of a JSON array that was read; unmodifiable, and no larger than it has to be. */
final class ReadArray extends AbstractList<Object> implements RandomAccess {

    private final Object[] elements;

    /** Of these elements, which nobody else has. */
    ReadArray(Object[] elements) {
        this.elements = elements;
    }

    @Override
    public Object get(int index) {
        return elements[index];
    }

    @Override
    public int size() {
        return elements.length;
    }

    boolean holdsStringsAlone() {
        for (Object element : elements) {
            if (!(element instanceof String)) {
                return false;
            }
        }
        return true;
    }

    @Override
    public Object[] toArray() {
        return elements.clone();
    }
}
