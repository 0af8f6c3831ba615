package dev.recsys.testserver;

import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

/** One connection of a client: request after request, until one side has enough. */
final class Conversation {
    private static final byte[] CONTINUE = "HTTP/1.1 100 Continue\r\n\r\n".getBytes(StandardCharsets.ISO_8859_1);
    private static final byte[] MADE_UP_BODY = new byte[1024];

    private final Socket client;
    private final Wire wire;
    private final WireReader reader;
    private final OutputStream out;

    /** What a conversation shares with the others. */
    interface Wire {
        Optional<FaultRules.Rule> seen(WireRequest request);

        WireMessage send(WireMessage request) throws IOException;

        void hold(WireMessage request);

        Dialect dialect();

        /** Tells of a connection that waits for its end, so that healing can end it. */
        void stall(Socket socket);
    }

    Conversation(Socket client, Wire wire) throws IOException {
        this.client = client;
        this.wire = wire;
        this.reader = new WireReader(client.getInputStream());
        this.out = client.getOutputStream();
    }

    void run() throws IOException {
        Optional<WireMessage> head = reader.head();
        while (head.isPresent() && answer(head.get())) {
            head = reader.head();
        }
    }

    /** Returns whether the connection goes on. */
    private boolean answer(WireMessage head) throws IOException {
        if (head.says("Expect", "100-continue")) {
            out.write(CONTINUE);
            out.flush();
        }
        WireMessage request;
        try {
            request = reader.requestWithBody(head);
        } catch (WireReader.BodyTooLargeException e) {
            wire.dialect().error(413).measured().with("Connection", "close").writeTo(out);
            return false;
        }
        Optional<FaultRules.Rule> rule = wire.seen(WireRequest.of(request));
        boolean goesOn = rule.isEmpty() ? reply(request, wire.send(request)) : fail(request, rule.get());
        return goesOn && !head.says("Connection", "close") && head.startLine().endsWith("HTTP/1.1");
    }

    private boolean fail(WireMessage request, FaultRules.Rule rule) throws IOException {
        if (rule.fault() == WireFault.PROXY_RETRY) {
            return retry(request, rule.timing());
        }
        WireMessage answer = WireMessage.ok(MADE_UP_BODY);
        if (rule.timing() == Timing.AFTER) {
            answer = wire.send(request);
        }
        if (rule.timing() == Timing.LATE) {
            wire.hold(request);
        }
        return deliver(request, answer, rule);
    }

    private boolean retry(WireMessage request, Timing timing) throws IOException {
        WireMessage first = wire.send(request);
        if (timing == Timing.LATE) {
            wire.hold(request);
            return reply(request, first);
        }
        return reply(request, wire.send(request));
    }

    private boolean deliver(WireMessage request, WireMessage answer, FaultRules.Rule rule) throws IOException {
        WireFault fault = rule.fault();
        if (fault.isStatus()) {
            return reply(request, wire.dialect().error(fault.status()).measured());
        }
        return switch (fault) {
            case RESET -> reset();
            case STALL -> stall();
            case TRUNCATED_BODY -> truncate(request, answer);
            case FLIPPED_BIT -> reply(request, rule.timing() == Timing.AFTER ? flipped(answer) : oneByte());
            case EMPTY_200 -> reply(request, WireMessage.ok(new byte[0]).measured());
            default -> false;
        };
    }

    private boolean reply(WireMessage request, WireMessage answer) throws IOException {
        (isHead(request) ? answer.withBody(new byte[0]) : answer).writeTo(out);
        return true;
    }

    private boolean reset() {
        Listener.reset(client);
        return false;
    }

    private boolean stall() throws IOException {
        wire.stall(client);
        reader.drain();
        return false;
    }

    private boolean truncate(WireMessage request, WireMessage answer) throws IOException {
        if (answer.body().length == 0 || isHead(request)) {
            byte[] head = answer.head();
            out.write(head, 0, head.length / 2);
        } else {
            out.write(answer.measured().head());
            out.write(answer.body(), 0, answer.body().length / 2);
        }
        out.flush();
        return false;
    }

    private static WireMessage flipped(WireMessage answer) {
        if (answer.body().length == 0) {
            return answer;
        }
        byte[] body = Arrays.copyOf(answer.body(), answer.body().length);
        body[body.length / 2] ^= 1;
        return answer.withBody(body);
    }

    private static WireMessage oneByte() {
        return WireMessage.ok(new byte[1]).measured();
    }

    private static boolean isHead(WireMessage request) {
        return request.startLine().startsWith("HEAD ");
    }
}
