package dev.recsys.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.recsys.ConflictException;
import dev.recsys.DamagedException;
import dev.recsys.NewerFormatException;
import dev.recsys.NotFoundException;
import dev.recsys.NotReadyException;
import dev.recsys.OutcomeUnknownException;
import dev.recsys.RefusedException;
import dev.recsys.StoreDeniedException;
import dev.recsys.StoreUnavailableException;
import dev.recsys.UnsafeStoreException;
import dev.recsys.pipelines.events.BadEventsException;
import dev.recsys.pipelines.items.BadItemsException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import org.jspecify.annotations.Nullable;

/** Says what failed, to people and to machines, and with which exit code. */
final class Failures {
    private Failures() {}

    /** One kind of failure. */
    private record Kind(String name, int exitCode) {}

    static int report(Throwable failure, Terminal terminal, boolean json, ResumeAdvice advice) {
        Kind kind = kindOf(failure);
        String message = message(failure);
        if (json) {
            terminal.print(document(failure, kind.name(), message));
        }
        String told = failure instanceof RefusedException refused ? lines(refused) : message;
        terminal.err().println("recsys: " + Printable.lines(told));
        if (failure instanceof OutcomeUnknownException unknown) {
            terminal.err().println("Keep the handle. When the store answers, find out what became of it:");
            terminal.err().println("  " + advice.line(unknown.handle()));
            if (!json) {
                terminal.out().println(unknown.handle());
            }
        }
        if (kind.exitCode() == ExitCode.BUG) {
            failure.printStackTrace(terminal.err());
        }
        return kind.exitCode();
    }

    private static String lines(RefusedException refused) {
        StringBuilder text = new StringBuilder("Refused; nothing was published:");
        refused.refusals()
                .forEach(refusal -> text.append(System.lineSeparator())
                        .append("  [" + refusal.gate() + "] ")
                        .append(refusal.detail()));
        return text.toString();
    }

    static ObjectNode json(String kind, String message) {
        ObjectNode root = Json.object();
        root.putObject("error").put("kind", kind).put("message", message);
        return root;
    }

    private static ObjectNode document(Throwable failure, String kind, String message) {
        ObjectNode root = json(kind, message);
        ObjectNode error = root.withObjectProperty("error");
        if (failure instanceof OutcomeUnknownException unknown) {
            error.put("handle", unknown.handle());
        }
        if (failure instanceof RefusedException refused) {
            ArrayNode refusals = error.putArray("refusals");
            refused.refusals()
                    .forEach(refusal ->
                            refusals.addObject().put("gate", refusal.gate()).put("detail", refusal.detail()));
        }
        return root;
    }

    private static Kind kindOf(@Nullable Throwable failure) {
        if (failure instanceof NotReadyException && failure.getCause() != null) {
            return kindOf(failure.getCause());
        }
        if (failure instanceof RefusedException) {
            return new Kind("refused", ExitCode.REFUSED);
        }
        if (failure instanceof ConflictException) {
            return new Kind("conflict", ExitCode.CONFLICT);
        }
        if (failure instanceof OutcomeUnknownException) {
            return new Kind("outcome_unknown", ExitCode.UNKNOWN);
        }
        if (failure instanceof StoreUnavailableException
                || failure instanceof StoreDeniedException
                || failure instanceof UnsafeStoreException) {
            return new Kind("store_unavailable", ExitCode.STORE_UNAVAILABLE);
        }
        if (failure instanceof DamagedException) {
            return new Kind("damaged", ExitCode.DAMAGE);
        }
        if (failure instanceof NotFoundException || failure instanceof NotReadyException) {
            return new Kind("not_found", ExitCode.USAGE);
        }
        boolean badInput = failure instanceof IllegalArgumentException
                || failure instanceof BadEventsException
                || failure instanceof BadItemsException
                || failure instanceof NewerFormatException
                || failure instanceof IOException
                || failure instanceof UncheckedIOException;
        return badInput ? new Kind("bad_input", ExitCode.USAGE) : new Kind("bug", ExitCode.BUG);
    }

    private static String message(Throwable failure) {
        Throwable cause = failure.getCause();
        if (cause != null && (failure instanceof NotReadyException || failure instanceof UncheckedIOException)) {
            return failure instanceof NotReadyException ? message(cause) : failure.getMessage() + ": " + message(cause);
        }
        String text = failure.getMessage() == null ? failure.toString() : failure.getMessage();
        return failure instanceof FileSystemException file ? reason(file) : text;
    }

    /** Many exceptions about a file only name it. */
    private static String reason(FileSystemException failure) {
        if (failure instanceof NoSuchFileException) {
            return "there is no file " + failure.getFile();
        }
        if (failure instanceof FileAlreadyExistsException) {
            return failure.getFile() + " is there already, and is no folder";
        }
        if (failure instanceof AccessDeniedException) {
            return "no permission for " + failure.getFile();
        }
        return String.valueOf(failure.getMessage());
    }
}
