package dev.recsys.proofs.simulate;

public final class SimulateCommand {
    private SimulateCommand() {}

    public static void main(String[] args) {
        long seed = Long.parseLong(args[0]);
        int n = Integer.parseInt(args[1]);
        boolean trace = args.length > 2;
        try (Hands hands = new Hands();
                TinyBuilds builds = new TinyBuilds()) {
            long start = System.nanoTime();
            long events = 0;
            int ack = 0;
            for (int i = 0; i < n; i++) {
                Outcome o = Simulation.run(seed + i, hands, builds, trace ? System.out::print : line -> {});
                events += o.events();
                ack += o.verdict().acknowledged();
                if (!o.isSound()) {
                    System.out.println("seed " + o.seed() + " " + o.verdict() + " " + o.findings());
                }
            }
            System.out.println(n + " " + events + " events " + ack + " acknowledged in " + (System.nanoTime() - start) / 1_000_000 + " ms");
        }
    }
}
