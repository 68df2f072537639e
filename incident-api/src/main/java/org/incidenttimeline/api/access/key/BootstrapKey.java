package org.incidenttimeline.api.access.key;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import org.incidenttimeline.api.access.AccessRole;
import org.incidenttimeline.api.access.PrivateFile;
import org.incidenttimeline.api.access.key.ApiKey.Grant;
import org.incidenttimeline.core.event.Actor;
import org.incidenttimeline.core.event.Person;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * The key with which everything begins: where there is no key at all, one with every role is made, printed once, and
 * written to a file that only the user who runs the service may read. Its id is always the same, so that of several nodes
 * that start at once only one makes it.
 */
@Component
public final class BootstrapKey implements SmartInitializingSingleton {
    private static final String ID = "bootstrapkey";
    private static final Person ADMIN = new Person("admin");

    private final ApiKeys keys;
    private final Path file;
    private final TransactionTemplate transaction;

    BootstrapKey(
            ApiKeys keys,
            PlatformTransactionManager transactions,
            @Value("${incident.bootstrap-key-file:data/bootstrap-key}") Path file) {
        this.keys = keys;
        this.file = file;
        this.transaction = new TransactionTemplate(transactions);
    }

    /** Where the key was written at the first start; whoever runs the service may have taken it away since. */
    public Path file() {
        return file;
    }

    @Override
    public void afterSingletonsInstantiated() {
        Optional<ApiKeys.Issued> first = transaction.execute(_ -> {
            var grant = new Grant(
                    new Actor(ADMIN, Actor.Kind.HUMAN), EnumSet.allOf(AccessRole.class), Set.of(), Optional.empty());
            var issued = keys.issueFirst(ID, grant, ADMIN);
            // In the transaction, so that there is no key which nobody can read.
            issued.ifPresent(this::write);
            return issued;
        });
        first.ifPresent(this::tell);
    }

    private void write(ApiKeys.Issued issued) {
        try {
            PrivateFile.replace(file, issued.token());
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "incident.bootstrap-key-file must name a file that can be written: " + file, e);
        }
    }

    @SuppressWarnings("SystemOut") // The person at the terminal reads this, once, whatever the level of the log.
    private void tell(ApiKeys.Issued issued) {
        System.out.println("""

                First start: this is the key of the administrator, told once. It has every role.

                  %1$s

                It is also in the file %2$s, which only this user may read. Use it as

                  curl -H "Authorization: Bearer $(cat %2$s)" ...
                """.formatted(issued.token(), file));
    }
}
