package org.incidenttimeline.core.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;
import static org.incidenttimeline.core.log.Facts.append;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicReference;
import org.incidenttimeline.core.testing.TestDatabase;
import org.incidenttimeline.core.testing.TestDatabases;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.postgresql.ds.PGSimpleDataSource;

/** A network that breaks between the log and PostgreSQL, before and after COMMIT. */
class LostConnectionTest {

    private final TestDatabase database = TestDatabases.fresh(Database.POSTGRESQL);
    private Network network;
    private EventLog log;

    @BeforeEach
    void connectThroughTheNetwork() throws IOException {
        URI server = URI.create(database.url().substring("jdbc:".length()));
        network = new Network(server.getPort());
        PGSimpleDataSource dataSource = new PGSimpleDataSource();
        dataSource.setUrl(database.url().replace(":" + server.getPort() + "/", ":" + network.port() + "/"));
        // So that the text of each statement, COMMIT too, goes over the wire every time.
        dataSource.setPrepareThreshold(0);
        log = EventLog.open(
                dataSource, database.writerLock(), Clock.systemUTC(), database.ledgerKeys(), database.sealingKey());
    }

    @AfterEach
    void close() throws IOException {
        log.close();
        network.close();
        database.close();
    }

    @Test
    void an_unanswered_commit_that_arrived_is_found_and_acknowledged() {
        log.append(append("a", 0));

        network.breakOn("COMMIT", Network.Break.AFTER_DELIVERY);

        assertThat(log.append(append("a", 1)).lastPosition()).isEqualTo(2);
        assertThat(log.head()).isEqualTo(2);
    }

    @Test
    void an_unanswered_commit_that_never_arrived_is_known_not_to_have_happened() {
        log.append(append("a", 0));

        network.breakOn("COMMIT", Network.Break.BEFORE_DELIVERY);

        assertThatExceptionOfType(LogUnavailable.class).isThrownBy(() -> log.append(append("a", 1)));
        assertThat(log.append(append("a", 1)).lastPosition()).isEqualTo(2);
    }

    @Test
    void an_unanswered_commit_that_cannot_be_looked_into_is_unknown() {
        log.append(append("a", 0));

        network.breakOn("COMMIT", Network.Break.AFTER_DELIVERY_FOR_GOOD);

        assertThatExceptionOfType(OutcomeUnknown.class).isThrownBy(() -> log.append(append("a", 1)));
        network.heal();
        await().atMost(Duration.ofSeconds(10)).until(() -> log.head() == 2);
        assertThat(log.append(append("a", 2)).lastPosition()).isEqualTo(3);
    }

    @Test
    void an_unanswered_commit_of_a_receipt_alone_is_looked_into_as_well() {
        log.append(append("a", 0));

        network.breakOn("COMMIT", Network.Break.AFTER_DELIVERY);
        assertThat(log.append(receiptAlone("k-1")).lastPosition()).isEqualTo(1);
        assertThat(log.findReceipt("ana", "k-1")).isPresent();

        network.breakOn("COMMIT", Network.Break.BEFORE_DELIVERY);
        assertThatExceptionOfType(LogUnavailable.class).isThrownBy(() -> log.append(receiptAlone("k-2")));
        assertThat(log.findReceipt("ana", "k-2")).isEmpty();
    }

    private static Append receiptAlone(String key) {
        return new Append(
                "incident", "a", 1, List.of(), List.of(), Optional.of(new Receipt("ana", key, "f", List.of(0))));
    }

    @Test
    void a_connection_that_was_lost_before_commit_is_replaced() {
        log.append(append("a", 0));

        network.breakOn("insert into log.event", Network.Break.BEFORE_DELIVERY);

        assertThat(log.append(append("a", 1)).lastPosition()).isEqualTo(2);
    }

    @Test
    void a_server_that_cannot_be_reached_before_commit_means_that_nothing_was_written() {
        log.append(append("a", 0));

        network.breakOn("insert into log.event", Network.Break.BEFORE_DELIVERY_FOR_GOOD);

        assertThatExceptionOfType(LogUnavailable.class).isThrownBy(() -> log.append(append("a", 1)));
        network.heal();
        assertThat(log.append(append("a", 1)).lastPosition()).isEqualTo(2);
    }

    /** Passes bytes between the log and the server until it is told to break. */
    private static final class Network implements AutoCloseable {

        enum Break {
            BEFORE_DELIVERY,
            BEFORE_DELIVERY_FOR_GOOD,
            AFTER_DELIVERY,
            AFTER_DELIVERY_FOR_GOOD
        }

        private record Trap(String text, Break how) {}

        private final ServerSocket listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
        private final Set<Socket> open = ConcurrentHashMap.newKeySet();
        private final AtomicReference<@Nullable Trap> trap = new AtomicReference<>();
        private final int serverPort;
        private volatile boolean down;

        Network(int serverPort) throws IOException {
            this.serverPort = serverPort;
            threads.execute(this::accept);
        }

        int port() {
            return listener.getLocalPort();
        }

        /** The next message with that text, on any connection, is the last of its connection. */
        void breakOn(String text, Break how) {
            trap.set(new Trap(text, how));
        }

        /** Lets new connections through again. */
        void heal() {
            down = false;
            trap.set(null);
        }

        private void accept() {
            while (!listener.isClosed()) {
                try {
                    Socket client = listener.accept();
                    if (down) {
                        client.close();
                        continue;
                    }
                    Socket server = new Socket(InetAddress.getLoopbackAddress(), serverPort);
                    open.add(client);
                    open.add(server);
                    threads.execute(() -> pass(server, client, false));
                    threads.execute(() -> pass(client, server, true));
                } catch (IOException e) {
                    // Closed by the test, or refused by a server that is gone: either way there is nothing to pass on.
                }
            }
        }

        private void pass(Socket from, Socket to, boolean trapped) {
            try (from;
                    to) {
                InputStream in = from.getInputStream();
                OutputStream out = to.getOutputStream();
                byte[] buffer = new byte[65_536];
                for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                    Trap set = trapped ? trap.get() : null;
                    if (set != null
                            && new String(buffer, 0, read, StandardCharsets.ISO_8859_1).contains(set.text())
                            && trap.compareAndSet(set, null)) {
                        spring(set, from, out, buffer, read);
                        return;
                    }
                    out.write(buffer, 0, read);
                }
            } catch (IOException e) {
                // One side hung up; closing both is what a broken connection looks like.
            }
        }

        private void spring(Trap set, Socket client, OutputStream server, byte[] message, int length)
                throws IOException {
            down = set.how() == Break.BEFORE_DELIVERY_FOR_GOOD || set.how() == Break.AFTER_DELIVERY_FOR_GOOD;
            closeQuietly(client);
            if (set.how() == Break.AFTER_DELIVERY || set.how() == Break.AFTER_DELIVERY_FOR_GOOD) {
                server.write(message, 0, length);
                server.flush();
            }
        }

        private static void closeQuietly(Socket socket) {
            try {
                socket.close();
            } catch (IOException e) {
                // Closed is what was wanted.
            }
        }

        @Override
        public void close() throws IOException {
            listener.close();
            open.forEach(Network::closeQuietly);
            threads.close();
        }
    }
}
