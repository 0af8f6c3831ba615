package dev.recsys.serve;

import dev.recsys.Scope;
import dev.recsys.control.Controls;
import dev.recsys.control.ItemTags;
import dev.recsys.control.Rules;
import dev.recsys.control.TenantConfigs;
import dev.recsys.control.Tenants;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Semaphore;
import java.util.function.Consumer;

/** Controls that fail where a test says so, and remember who prepared what. */
final class FallibleControls implements Controls {
    private final Controls controls;
    private final List<Scope> prepared = new CopyOnWriteArrayList<>();
    private final List<Thread> preparers = new CopyOnWriteArrayList<>();
    private final Semaphore preparations = new Semaphore(0);
    private volatile Consumer<Scope> preparing = scope -> {};
    private volatile boolean tenantsFail;

    FallibleControls(Controls controls) {
        this.controls = controls;
    }

    void tenantsFail(boolean fail) {
        tenantsFail = fail;
    }

    void whenPreparing(Consumer<Scope> action) {
        preparing = action;
    }

    List<Scope> prepared() {
        return List.copyOf(prepared);
    }

    List<Thread> preparers() {
        return List.copyOf(preparers);
    }

    void awaitPreparations(int count) {
        preparations.acquireUninterruptibly(count);
    }

    @Override
    public TenantConfigs configs() {
        return controls.configs();
    }

    @Override
    public Rules rules() {
        return controls.rules();
    }

    @Override
    public ItemTags items() {
        return controls.items();
    }

    @Override
    public Tenants tenants() {
        return scope -> {
            if (tenantsFail) {
                throw new IllegalStateException("away");
            }
            return controls.tenants().current(scope);
        };
    }

    @Override
    public void prepare(Scope scope) {
        prepared.add(scope);
        preparers.add(Thread.currentThread());
        try {
            preparing.accept(scope);
        } finally {
            preparations.release();
        }
    }

    @Override
    public Optional<String> problem(Scope scope) {
        return Optional.empty();
    }
}
