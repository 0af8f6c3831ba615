package dev.recsys.postgres;

import dev.recsys.control.Versioned;
import dev.recsys.controls.Place;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** The tables of one kind of documents, within a transaction. */
record DocumentRows<T>(DocumentKind<T> kind) {
    private static final String HISTORY =
            "select h.revision, h.version, h.at, h.actor, h.action, h.reason" + " from recsys.document_history h ";

    /** Returns what came into force last at exactly this place, if anything ever did. */
    Optional<DocumentRevision> last(Connection connection, Place place) throws SQLException {
        return one(
                connection,
                HISTORY + "join recsys.document_current c using (tenant, kind, surface, revision)"
                        + " where h.tenant = ? and h.kind = ? and h.surface = ?",
                place);
    }

    /** Returns the version that a reader of this place sees: its own, else the tenant's, else the default. */
    String inForce(Connection connection, Place place) throws SQLException {
        Optional<String> own = last(connection, place).flatMap(DocumentRevision::version);
        if (own.isPresent()) {
            return own.get();
        }
        return place.isSurface()
                ? inForce(connection, place.tenantWide())
                : kind.forAll().version();
    }

    /** Returns the history of exactly this place, the newest first. */
    List<DocumentRevision> history(Connection connection, Place place, int most) throws SQLException {
        String sql =
                HISTORY + "where h.tenant = ? and h.kind = ? and h.surface = ? order by h.revision desc limit " + most;
        try (PreparedStatement select = prepared(connection, sql, place);
                ResultSet rows = select.executeQuery()) {
            List<DocumentRevision> revisions = new ArrayList<>();
            while (rows.next()) {
                revisions.add(revision(rows));
            }
            return revisions;
        }
    }

    Optional<DocumentRevision> revision(Connection connection, Place place, long revision) throws SQLException {
        String sql = HISTORY + "where h.tenant = ? and h.kind = ? and h.surface = ? and h.revision = " + revision;
        return one(connection, sql, place);
    }

    /** Returns a document that the tenant has or had. */
    Optional<T> document(Connection connection, String tenant, String version) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(
                "select body::text from recsys.document where tenant = ? and kind = ? and version = ?")) {
            select.setString(1, tenant);
            select.setString(2, kind.name());
            select.setString(3, version);
            ResultSet row = select.executeQuery();
            return row.next() ? Optional.of(kind.read().apply(row.getString(1))) : Optional.empty();
        }
    }

    /** Keeps a document, unless it is kept already. */
    void keep(Connection connection, String tenant, Versioned<T> document) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement(
                "insert into recsys.document (tenant, kind, version, body) values (?, ?, ?, ?::json)"
                        + " on conflict do nothing")) {
            insert.setString(1, tenant);
            insert.setString(2, kind.name());
            insert.setString(3, document.version());
            insert.setString(4, kind.write().apply(document.value()));
            insert.executeUpdate();
        }
    }

    /** Brings a revision into force. */
    void add(Connection connection, Place place, DocumentRevision revision, UUID change) throws SQLException {
        try (PreparedStatement insert = prepared(
                connection,
                "insert into recsys.document_history"
                        + " (tenant, kind, surface, revision, version, actor, action, reason, change)"
                        + " values (?, ?, ?, ?, ?, ?, ?, ?, ?)",
                place)) {
            insert.setLong(4, revision.revision());
            insert.setString(5, revision.version().orElse(null));
            insert.setString(6, revision.actor());
            insert.setString(7, revision.action());
            insert.setString(8, revision.reason());
            insert.setObject(9, change);
            insert.executeUpdate();
        }
        try (PreparedStatement point = prepared(
                connection,
                "insert into recsys.document_current (tenant, kind, surface, revision) values (?, ?, ?, ?)"
                        + " on conflict (tenant, kind, surface) do update set revision = excluded.revision",
                place)) {
            point.setLong(4, revision.revision());
            point.executeUpdate();
        }
    }

    private Optional<DocumentRevision> one(Connection connection, String sql, Place place) throws SQLException {
        try (PreparedStatement select = prepared(connection, sql, place);
                ResultSet row = select.executeQuery()) {
            return row.next() ? Optional.of(revision(row)) : Optional.empty();
        }
    }

    private PreparedStatement prepared(Connection connection, String sql, Place place) throws SQLException {
        PreparedStatement statement = connection.prepareStatement(sql);
        statement.setString(1, place.tenant());
        statement.setString(2, kind.name());
        statement.setString(3, place.surface());
        return statement;
    }

    private static DocumentRevision revision(ResultSet row) throws SQLException {
        return new DocumentRevision(
                row.getLong(1),
                Optional.ofNullable(row.getString(2)),
                row.getObject(3, OffsetDateTime.class).toInstant(),
                row.getString(4),
                row.getString(5),
                row.getString(6));
    }
}
