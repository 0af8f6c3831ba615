package dev.recsys.serve;

import java.lang.reflect.Array;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.Set;

/** What arrays of numbers can be reached from an object of ours, each counted once: a measured figure beside a told one. */
final class HeapOf {
    private final Set<Object> seen = Collections.newSetFromMap(new IdentityHashMap<>());
    private final Deque<Object> open = new ArrayDeque<>();
    private long bytes;

    private HeapOf() {}

    static long arraysIn(Object root) {
        HeapOf heap = new HeapOf();
        heap.visit(root);
        while (!heap.open.isEmpty()) {
            heap.look(heap.open.pop());
        }
        return heap.bytes;
    }

    private void visit(Object value) {
        if (value != null && seen.add(value)) {
            open.push(value);
        }
    }

    private void look(Object value) {
        Class<?> type = value.getClass();
        if (type.isArray()) {
            bytes += sizeOf(value, type.getComponentType());
        } else if (value instanceof Iterable<?> elements) {
            elements.forEach(this::visit);
        } else if (type.getName().startsWith("dev.recsys.table.")
                || type.getName().startsWith("dev.recsys.internal.")) {
            fields(value);
        }
    }

    private void fields(Object value) {
        for (Field field : value.getClass().getDeclaredFields()) {
            if (!Modifier.isStatic(field.getModifiers()) && !field.getType().isPrimitive()) {
                visit(valueOf(field, value));
            }
        }
    }

    private static Object valueOf(Field field, Object owner) {
        try {
            field.setAccessible(true);
            return field.get(owner);
        } catch (IllegalAccessException e) {
            throw new IllegalStateException(e);
        }
    }

    private static long sizeOf(Object array, Class<?> component) {
        return (long) Array.getLength(array) * (component == byte.class ? 1 : 4);
    }
}
