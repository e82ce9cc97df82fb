#include "store/content_text.hpp"
#include "store/tables.hpp"

#include <algorithm>
#include <iterator>
#include <tuple>
#include <utility>

namespace crier::store {

const char* const post_columns =
    "id, key, account, origin_kind, origin_name, origin_item, created, state, "
    "reason, priority, due, expires, next, "
    "content, generation, attempts, first_attempt, last_attempt, in_doubt, "
    "tries, approved, status_id, status_url, "
    "code, link, looks, absent_since, receipt, key_since, sent_boot, "
    "sent_since, sent_quiet, sent_over, edited, planned, undone, pin_next, part, parts, parent, version";

namespace {

/// As the index posts_unfinished has it; schema.cpp says why not as one list.
const std::string unfinished = "(state IN ('uploading', 'sending') OR state IN ('retrying', 'doubt'))";

std::string columns_from(const std::string& rest) {
    return std::string{"SELECT "} + post_columns + " FROM posts " + rest;
}

/// LaneQuery's Admit: ?4 of scheduled posts, ?5 of the others, ?6 the greatest priority that is looked at.
std::string admitted(const Dialect& dialect) {
    return " AND (priority<=?6 OR state IN ('sending', 'doubt')) AND (state IN ('sending', 'doubt') OR "
           "expires<?2 OR CASE CASE WHEN priority<=0 THEN ?4 ELSE ?5 END WHEN 0 THEN 0 WHEN 2 THEN 1 ELSE "
           "CASE WHEN " +
           dialect.not_uploaded + " THEN 0 ELSE 1 END END <> 0) ";
}

/// An INSERT of a row that takes the place of one with the same key.
std::string upsert(const std::string& table, const std::vector<std::string_view>& key,
                   const std::vector<std::string_view>& others) {
    const auto list = [](const std::vector<std::string_view>& names, auto each) {
        std::string text;
        for (const std::string_view name : names)
            text += (text.empty() ? "" : ", ") + each(std::string{name});
        return text;
    };
    const auto plain = [](const std::string& name) { return name; };
    std::vector<std::string_view> all = key;
    all.insert(all.end(), others.begin(), others.end());
    return "INSERT INTO " + table + "(" + list(all, plain) + ") VALUES(" +
           list(all, [](const std::string&) { return std::string{"?"}; }) + ") ON CONFLICT(" +
           list(key, plain) + ") DO UPDATE SET " +
           list(others, [](const std::string& name) { return name + "=excluded." + name; });
}

/// The values of a post: all parameters but the version.
std::string post_values(const Dialect& dialect) {
    std::string marks = "?";
    for (int i = 1; i < 40; ++i)
        marks += ",?";
    // ?1 is the key.
    return dialect.insert_heeds_tombstones
               ? "SELECT " + marks + ",1 WHERE NOT EXISTS(SELECT 1 FROM tombstones WHERE key=?1)"
               : "VALUES(" + marks + ",1)";
}

} // namespace

Result<> Tables::prepare() {
    const Dialect& dialect = database_.dialect();
    const std::string admitted_now = admitted(dialect);
    const std::pair<Name, std::string> sql[] = {
        {insert_post,
         "INSERT INTO posts(key, account, origin_kind, origin_name, origin_item, created, "
         "state, reason, priority, due, "
         "expires, next, content, generation, attempts, first_attempt, last_attempt, in_doubt, "
         "tries, approved, "
         "status_id, status_url, code, looks, absent_since, receipt, key_since, sent_boot, "
         "sent_since, sent_quiet, sent_over, edited, planned, undone, pin_next, link, text, part, parts, "
         "parent, version) " +
             post_values(dialect) + " ON CONFLICT(key) DO NOTHING" + dialect.returning_id},
        // By itself: an INSERT that selects keeps what it would take to undo it, of every page that it
        // touches.
        {any_tombstone, "SELECT 1 FROM tombstones LIMIT 1"},
        {find_tombstone, "SELECT 1 FROM tombstones WHERE key=?"},
        {update_post,
         "UPDATE posts SET state=?, reason=?, priority=?, due=?, expires=?, next=?, content=?, generation=?, "
         "attempts=?, "
         "first_attempt=?, last_attempt=?, in_doubt=?, tries=?, approved=?, status_id=?, status_url=?, "
         "code=?, looks=?, absent_since=?, receipt=?, key_since=?, sent_boot=?, sent_since=?, sent_quiet=?, "
         "sent_over=?, "
         "edited=?, planned=?, undone=?, pin_next=?, parts=?, "
         "version=version+1 WHERE id=? AND version=? "
         // One status is one post's: else it is looked whose.
         "AND (?='' OR NOT EXISTS(SELECT 1 FROM posts AS other INDEXED BY posts_status WHERE "
         "other.account=? AND other.status_id=? AND other.status_id<>'' AND other.id<>?))"},
        {put_attempt,
         upsert("attempts", {"post", "number"}, {"started", "key", "finished", "http", "outcome", "detail"})},
        {ask_amendment,
         "INSERT INTO amendments(post, account, kind, content, asked, next, tries, edits, closed, note, "
         "person) VALUES(?,?,?,?,?,?,0,0,0,'',?) ON CONFLICT(post) DO UPDATE SET kind=excluded.kind, "
         "content=excluded.content, asked=excluded.asked, next=excluded.next, tries=0, note='', "
         "person=excluded.person WHERE excluded.person<>0 OR (amendments.closed=0 AND "
         "(amendments.person=0 OR amendments.next IS NULL OR "
         "(excluded.kind='remove' AND amendments.kind<>'remove')))"},
        {take_back_amendment, "UPDATE amendments SET kind='keep', asked=?2, next=NULL, tries=0, note='' "
                              "WHERE post=?1 AND next IS NOT NULL AND (?3<>0 OR person=0)"},
        {settle_amendment, "UPDATE amendments SET next=?3, tries=?4, edits=?5, closed=?6, note=?7 "
                           "WHERE post=?1 AND asked=?2"},
        {owner_of_status, "SELECT id FROM posts INDEXED BY posts_status WHERE account=? AND status_id=? AND "
                          "status_id<>'' AND id<>?"},
        {put_seen,
         "INSERT INTO seen(source, account, item, link, title, address, verdict, seen, shown, said, dated) "
         "VALUES(?,?,?,?,?,?,?,?,?,?,?) ON CONFLICT(source, account, item) DO UPDATE SET "
         "shown=CASE WHEN excluded.shown>seen.shown THEN excluded.shown ELSE seen.shown END, "
         "said=coalesce(excluded.said, seen.said)"},
        {put_story, "INSERT INTO stories(account, story, source, told) VALUES(?,?,?,?) ON CONFLICT(account, "
                    "story) DO UPDATE SET told=excluded.told WHERE excluded.told>stories.told"},
        {put_source,
         upsert("sources", {"source"},
                {"cursor", "url", "moved_from", "last_poll", "next_poll", "last_success", "failures", "error",
                 "paused", "note", "fuse", "fuse_tripped", "fuse_reset", "identified"})},
        {put_source_account,
         "INSERT INTO source_accounts(source, account, since, spaced) VALUES(?,?,?,?) ON CONFLICT(source, "
         "account) DO UPDATE SET spaced=excluded.spaced WHERE excluded.spaced>source_accounts.spaced"},
        {put_entry, "INSERT INTO entries(entry, fired, since, rule, paused, fuse, fuse_tripped, fuse_reset, "
                    "counter, note) VALUES(?,?,?,?,?,?,?,?,?,?) ON CONFLICT(entry) DO UPDATE SET "
                    "fired=excluded.fired, rule=excluded.rule, paused=excluded.paused, fuse=excluded.fuse, "
                    "fuse_tripped=excluded.fuse_tripped, fuse_reset=excluded.fuse_reset, "
                    "counter=excluded.counter, note=excluded.note"},
        {put_drawn, upsert("drawn", {"entry", "item"}, {"last", "round"})},
        {forget_drawn, "DELETE FROM drawn WHERE entry=? AND item=?"},
        {put_account,
         upsert("accounts", {"account"},
                {"server",         "state",       "reason",       "action",     "since",
                 "not_before",     "rate",        "profile",      "handle",     "last_published",
                 "paused",         "paused_why",  "paused_until", "account_id", "foreign_count",
                 "foreign_newest", "application", "knows_until",  "restored",   "posted_until"})},
        {put_alert, upsert("alerts", {"kind", "subject"}, {"text", "action", "since", "told", "over"})},
        {end_alert, "DELETE FROM alerts WHERE kind=? AND subject=?"},
        {put_wish, upsert("wishes", {"thing"}, {"paused", "why", "until", "asked"})},
        {end_wish, "DELETE FROM wishes WHERE thing=? AND asked=?"},
        {notify_wished, dialect.notify_wished},
        {put_subscription, upsert("subscriptions", {"id"},
                                  {"source", "hub", "topic", "callback", "secret", "state", "since", "until",
                                   "next", "tries", "last_push", "note"})},
        {end_subscription, "DELETE FROM subscriptions WHERE id=?"},
        {rename_subscriptions, "UPDATE subscriptions SET source=?2 WHERE source=?1"},
        {put_alive, dialect.put_alive},
        {hold_lease, dialect.hold_lease},
        {notify_written, dialect.notify_written},
        {trust_again, "UPDATE meta SET value=0 WHERE name='trust'"},
        {put_origin, "INSERT INTO origins(kind, name, identity, reads, edition) VALUES(?,?,?,?,?) ON "
                     "CONFLICT(kind, name) DO UPDATE SET "
                     "identity=excluded.identity, reads=excluded.reads, edition=excluded.edition"},
        {rename_origin, "UPDATE origins SET name=?3 WHERE kind=?1 AND name=?2"},
        {rename_posts, "UPDATE posts SET origin_name=?3 WHERE origin_kind=?1 AND origin_name=?2"},
        {clear_source, "DELETE FROM sources WHERE source=?2 AND EXISTS(SELECT 1 FROM sources AS old WHERE "
                       "old.source=?1)"},
        {rename_source, "UPDATE sources SET source=?2 WHERE source=?1"},
        {clear_source_accounts,
         "DELETE FROM source_accounts WHERE source=?2 AND account IN (SELECT old.account FROM "
         "source_accounts AS old WHERE old.source=?1)"},
        {rename_source_accounts, "UPDATE source_accounts SET source=?2 WHERE source=?1"},
        {clear_seen, "DELETE FROM seen WHERE source=?2 AND EXISTS(SELECT 1 FROM seen AS old WHERE "
                     "old.source=?1 AND old.account=seen.account AND old.item=seen.item)"},
        {rename_seen, "UPDATE seen SET source=?2 WHERE source=?1"},
        {clear_entry, "DELETE FROM entries WHERE entry=?2 AND EXISTS(SELECT 1 FROM entries AS old WHERE "
                      "old.entry=?1)"},
        {rename_entry, "UPDATE entries SET entry=?2 WHERE entry=?1"},
        {clear_drawn, "DELETE FROM drawn WHERE entry=?2 AND EXISTS(SELECT 1 FROM drawn AS old WHERE "
                      "old.entry=?1 AND old.item=drawn.item)"},
        {rename_drawn, "UPDATE drawn SET entry=?2 WHERE entry=?1"},
        {lane_unfinished, columns_from("INDEXED BY posts_unfinished WHERE account=? AND next<=? AND " +
                                       unfinished + " ORDER BY priority, due, id LIMIT ?")},
        {lane_ready, columns_from("INDEXED BY posts_queue WHERE account=? AND state='ready' AND next<=? "
                                  "ORDER BY priority, due, id LIMIT ?")},
        // The ids first, from the index alone: a backlog is not to be carried through a sorter row by row.
        {lane_waiting,
         columns_from("WHERE id IN (SELECT id FROM posts INDEXED BY posts_waiting WHERE account=? "
                      "AND state='waiting' AND next<=? ORDER BY priority, due, id LIMIT ?) "
                      "ORDER BY priority, due, id")},
        {lane_receipt, columns_from("INDEXED BY posts_receipt WHERE account=? AND receipt<=? "
                                    "ORDER BY receipt LIMIT ?")},
        // Word for word what its index has: then a lane without any asks an empty index.
        {lane_undo,
         "SELECT a.kind, a.content, a.asked, a.next, a.tries, a.edits, a.closed, a.note, a.person, a.post "
         "FROM amendments AS a INDEXED BY amendments_undo JOIN posts AS p ON p.id=a.post "
         "WHERE a.next IS NOT NULL AND a.kind = 'remove' AND a.person <> 0 AND a.account=? AND a.next<=? "
         "AND p.state='published' AND p.status_id<>'' ORDER BY a.next LIMIT 1"},
        {lane_next_undo, "SELECT min(a.next) FROM amendments AS a INDEXED BY amendments_undo "
                         "JOIN posts AS p ON p.id=a.post "
                         "WHERE a.next IS NOT NULL AND a.kind = 'remove' AND a.person <> 0 AND a.account=? "
                         "AND p.state='published' AND p.status_id<>''"},
        // ?3, ?4: deletions, edits may be made now; ?5: only what a person asked for.
        {lane_amendment,
         "SELECT a.kind, a.content, a.asked, a.next, a.tries, a.edits, a.closed, a.note, a.person, a.post "
         "FROM amendments AS a INDEXED BY amendments_next JOIN posts AS p ON p.id=a.post "
         "WHERE a.account=?1 AND a.next<=?2 AND CASE a.kind WHEN 'remove' THEN ?3 ELSE ?4 END <> 0 "
         "AND (a.person<>0 OR ?5=0) AND p.state='published' AND p.status_id<>'' "
         "ORDER BY a.next LIMIT 1"},
        // ?2, ?3: no deletion, no edit before; ?4: only what a person asked for.
        {lane_next_amendment,
         "SELECT min(CASE WHEN a.next>CASE a.kind WHEN 'remove' THEN ?2 ELSE ?3 END THEN a.next ELSE CASE "
         "a.kind WHEN 'remove' THEN ?2 ELSE ?3 END END) "
         "FROM amendments AS a INDEXED BY amendments_next JOIN posts AS p ON p.id=a.post "
         "WHERE a.account=?1 AND a.next IS NOT NULL AND (a.person<>0 OR ?4=0) AND p.state='published' AND "
         "p.status_id<>''"},
        {lane_pin, columns_from("INDEXED BY posts_pin WHERE account=? AND pin_next<=? AND "
                                "state='published' AND status_id<>'' ORDER BY pin_next LIMIT 1")},
        {lane_next_pin, "SELECT min(pin_next) FROM posts INDEXED BY posts_pin WHERE account=? AND "
                        "pin_next IS NOT NULL AND state='published' AND status_id<>''"},
        {amendment_of, "SELECT kind, content, asked, next, tries, edits, closed, note, person, account "
                       "FROM amendments WHERE post=?"},
        {lane_next, "SELECT min(next) FROM ("
                    "SELECT min(next) AS next FROM posts INDEXED BY posts_unfinished WHERE account=?1 AND " +
                        unfinished +
                        " UNION ALL SELECT min(next) FROM posts INDEXED BY posts_queue WHERE account=?1 AND "
                        "state='ready' "
                        "UNION ALL SELECT min(next) FROM posts INDEXED BY posts_waiting WHERE account=?1 AND "
                        "state='waiting' AND next<9223372036854775807 " // the far end: for another part
                        "UNION ALL SELECT CASE WHEN min(receipt)<?2 THEN ?2 ELSE min(receipt) END FROM posts "
                        "INDEXED BY posts_receipt WHERE account=?1 AND receipt IS NOT NULL) AS ends"},
        {lane_unfinished_narrow,
         columns_from("INDEXED BY posts_unfinished WHERE account=?1 AND next<=?2 AND " + unfinished +
                      admitted_now + "ORDER BY priority, due, id LIMIT ?3")},
        {lane_ready_narrow,
         columns_from(
             "INDEXED BY posts_queue WHERE account=?1 AND state='ready' AND priority<=?6 AND next<=?2" +
             admitted_now + "ORDER BY priority, due, id LIMIT ?3")},
        {lane_waiting_narrow,
         columns_from("INDEXED BY posts_waiting WHERE account=?1 AND state='waiting' AND next<=?2" +
                      admitted_now + "ORDER BY priority, due, id LIMIT ?3")},
        {lane_next_later,
         "SELECT min(next) FROM ("
         "SELECT min(next) AS next FROM posts INDEXED BY posts_unfinished WHERE account=?1 AND next>?2 AND " +
             unfinished +
             " UNION ALL SELECT min(next) FROM posts INDEXED BY posts_waiting WHERE account=?1 AND next>?2 "
             "AND next<9223372036854775807 AND state='waiting') AS ends"},
        {lane_expected,
         "SELECT id, next, " + dialect.media_count +
             " FROM posts INDEXED BY posts_waiting WHERE account=?1 AND state='waiting' AND next<=?2 AND "
             "priority<=0 UNION ALL SELECT id, next, " +
             dialect.media_count +
             " FROM posts INDEXED BY posts_queue WHERE account=?1 AND state='ready' AND priority<=0 AND "
             "next<=?2 UNION ALL SELECT id, next, " +
             dialect.media_count +
             " FROM posts INDEXED BY posts_unfinished WHERE account=?1 AND next<=?2 AND priority<=0 AND " +
             unfinished + " LIMIT 1000"},
        {seen_any, "SELECT 1 FROM seen WHERE source=? AND account=? LIMIT 1"},
        {seen_by_item,
         "SELECT source, account, item, link, title, address, verdict, seen, shown, said, dated FROM seen "
         "WHERE source=? AND "
         "account=? AND item=?"},
        // Two items tell that a link is nobody's; one more may be an adopted one.
        {story_told, "SELECT source, told FROM stories WHERE account=? AND story=? AND told>?"},
        {seen_by_link,
         "SELECT source, account, item, link, title, address, verdict, seen, shown, said, dated FROM seen "
         "INDEXED BY seen_link "
         "WHERE source=? AND account=? AND link=? LIMIT 3"},
        {made_lately,
         "SELECT created, origin_item, link, text FROM posts INDEXED BY posts_origin WHERE origin_kind=? AND "
         "origin_name=? AND account=? AND created>? AND state NOT IN ('expired', 'cancelled') AND "
         "priority<>1 AND part=0 ORDER BY created DESC LIMIT ?"},
        {trim_candidates,
         "SELECT id, key, account, origin_kind, origin_name, origin_item, created, "
         "state IN ('published', 'failed') OR state IN ('expired', 'cancelled') OR state='deleted', "
         "CASE WHEN last_attempt>due THEN last_attempt ELSE due END, receipt FROM posts INDEXED BY "
         "posts_created "
         "WHERE (created, id)>(?, ?) AND created<? AND id<(SELECT max(id) FROM posts) "
         "ORDER BY created, id LIMIT ?"},
        {trim_unsettled, "SELECT 1 FROM posts INDEXED BY posts_unfinished WHERE account=? AND " + unfinished +
                             " AND state IN ('sending', 'doubt') LIMIT 1"},
        {trim_child, "SELECT 1 FROM posts INDEXED BY posts_parent WHERE parent=? AND NOT (state IN "
                     "('published', 'failed') OR state IN ('expired', 'cancelled') OR state='deleted') "
                     "LIMIT 1"},
        {trim_item, "SELECT shown FROM seen WHERE source=? AND account=? AND item=?"},
        {trim_latest, "SELECT max(shown) FROM seen INDEXED BY seen_shown WHERE source=? AND account=? "
                      "AND shown<=?"},
        {trim_attempts, "DELETE FROM attempts WHERE post=?"},
        {trim_amendment, "DELETE FROM amendments WHERE post=?"},
        {trim_post, "DELETE FROM posts WHERE id=?"},
        {put_tombstone, upsert("tombstones", {"key"}, {"expires"})},
        {trim_pairs, "SELECT source, account FROM source_accounts"},
        {trim_items, "SELECT item FROM seen INDEXED BY seen_shown WHERE source=? AND account=? AND shown<? "
                     "LIMIT ?"},
        {trim_seen, "DELETE FROM seen WHERE source=? AND account=? AND item=?"},
        {trim_tombstones, "DELETE FROM tombstones WHERE key IN (SELECT key FROM tombstones INDEXED BY "
                          "tombstones_expires WHERE expires<? LIMIT ?)"},
        {trim_stories, "DELETE FROM stories WHERE (account, story) IN (SELECT account, story FROM stories "
                       "INDEXED BY stories_told WHERE told<? LIMIT ?)"},
        {rename_stories, "UPDATE stories SET source=?2 WHERE source=?1"},
    };
    for (const auto& [name, text] : sql) {
        if (text.empty()) // this engine has no such thing
            continue;
        statements_[name] = database_.prepare_to_keep(text);
        if (!statements_[name])
            return failure("prepare");
    }
    return {};
}

bool read_post(Statement::Use& use, Post& post) {
    post.id = use.number();
    post.key = use.digest();
    post.account = use.text();
    const auto kind = parse_origin_kind(use.text());
    post.origin.kind = kind.value_or(OriginKind::manual);
    post.origin.name = use.text();
    post.origin.item = use.text();
    post.created = use.instant();
    const auto state = parse_post_state(use.text());
    post.state = state.value_or(PostState::held);
    post.reason = use.text();
    post.priority = static_cast<Priority>(use.small());
    post.due = use.instant();
    post.expires = use.maybe_instant();
    post.next = use.instant();
    const bool content = content_from_text(use.text(), post.content);
    post.generation = use.small();
    post.attempts = use.small();
    post.first_attempt = use.maybe_instant();
    post.last_attempt = use.maybe_instant();
    post.in_doubt = use.flag();
    post.tries = use.small();
    post.approved = use.flag();
    post.status_id = use.text();
    post.status_url = use.text();
    const auto code = parse_reason_code(use.text());
    post.code = code.value_or(ReasonCode::none);
    post.link = use.digest();
    post.looks = use.small();
    post.absent_since = use.maybe_instant();
    post.receipt = use.maybe_instant();
    post.key_since = use.maybe_instant();
    post.sent.boot = use.number();
    post.sent.key_since = use.maybe_mono();
    post.sent.quiet_until = Mono{Duration{use.number()}};
    post.sent.over_at = Mono{Duration{use.number()}};
    post.edited = use.maybe_instant();
    post.planned = use.maybe_instant();
    post.undone = use.maybe_instant();
    post.pin_next = use.maybe_instant();
    post.part = use.small();
    post.parts = use.small();
    post.parent = use.digest();
    post.version = use.number();
    return content && kind && state && code;
}

Result<> Tables::collect(Statement::Use& use, std::vector<Post>& posts) {
    while (use.row()) {
        Post post;
        if (!read_post(use, post))
            return Failure{Cause::corrupt,
                           "the store's row of post " + std::to_string(post.id) + " does not read",
                           "stop the daemon and look with `" + std::string{database_.looker()} +
                               "`; a backup may have it whole"};
        posts.push_back(std::move(post));
    }
    if (use.failed())
        return failure("read posts");
    return {};
}

Result<std::vector<Post>> Tables::due(Name name, const LaneQuery& query, std::size_t limit) {
    auto use = statements_[name].use();
    use.bind(query.account).bind(query.now).bind(static_cast<std::int64_t>(limit));
    if (query.narrow())
        use.bind(static_cast<std::int64_t>(query.scheduled))
            .bind(static_cast<std::int64_t>(query.others))
            .bind(static_cast<std::int64_t>(query.others == Admit::none ? Priority::scheduled
                                                                        : Priority::item));
    std::vector<Post> posts;
    if (const Result<> read = collect(use, posts); !read)
        return read.error();
    return posts;
}

namespace {

bool takes_precedence(const Post& a, const Post& b) {
    return std::tie(a.priority, a.due, a.id) < std::tie(b.priority, b.due, b.id);
}

} // namespace

Result<> Tables::expected(const LaneQuery& query, LaneWork& work) {
    auto use = statements_[lane_expected].use();
    use.bind(query.account).bind(query.horizon);
    while (use.row()) {
        Expected post;
        post.id = use.number();
        post.next = use.instant();
        post.media = use.small();
        work.expected.push_back(post);
    }
    if (use.failed())
        return failure("read what is expected");
    return {};
}

Result<LaneWork> Tables::lane(const LaneQuery& query) {
    LaneWork work;
    if (const Result<> read = due_undo(query, work); !read)
        return read.error();
    if (work.amendment || query.undo_only)
        return work;
    const bool narrow = query.narrow();
    Result<std::vector<Post>> begun =
        due(narrow ? lane_unfinished_narrow : lane_unfinished, query, query.limit);
    if (!begun)
        return begun.error();
    const std::size_t room = query.limit - begun->size();
    Result<std::vector<Post>> ready = due(narrow ? lane_ready_narrow : lane_ready, query, room);
    if (!ready)
        return ready.error();
    Result<std::vector<Post>> waiting = due(narrow ? lane_waiting_narrow : lane_waiting, query, room);
    if (!waiting)
        return waiting.error();
    work.posts = std::move(*begun);
    const auto moving = [](auto at) { return std::make_move_iterator(at); };
    std::merge(moving(ready->begin()), moving(ready->end()), moving(waiting->begin()), moving(waiting->end()),
               std::back_inserter(work.posts), takes_precedence);
    if (work.posts.size() > query.limit)
        work.posts.resize(query.limit);
    if (query.horizon != Instant{})
        if (const Result<> read = expected(query, work); !read)
            return read.error();
    const bool later = narrow || query.tell_next;
    if (work.posts.empty()) {
        if (const Result<> read = due_amendment(query, work); !read)
            return read.error();
        if (!work.amendment)
            if (const Result<> read = due_pin(query, work); !read)
                return read.error();
    }
    if (work.amendment || work.pin)
        return work;
    if (work.posts.empty() && !later && query.now >= query.receipts_from) {
        Result<std::vector<Post>> receipts = due(lane_receipt, query, 1);
        if (!receipts)
            return receipts.error();
        work.posts = std::move(*receipts);
    }
    if (!work.posts.empty() && !later)
        return work;
    auto use = statements_[later ? lane_next_later : lane_next].use();
    use.bind(query.account).bind(later ? query.now : query.receipts_from);
    if (!use.row())
        return failure("read the next");
    work.next = use.maybe_instant();
    if (const Result<> read = next_after_posts(query, work); !read)
        return read.error();
    return work;
}

namespace {

/// So many lookups are worth a transaction: else each takes the locks and gives them back.
constexpr std::size_t few_lookups = 4;

} // namespace

SeenItem read_seen(Statement::Use& use) {
    SeenItem item;
    item.source = use.text();
    item.account = use.text();
    item.item = use.digest();
    item.link = use.digest();
    item.title = use.text();
    item.address = use.text();
    item.verdict = use.text();
    item.seen = use.instant();
    item.shown = use.instant();
    item.said = use.digest();
    item.dated = use.maybe_instant();
    return item;
}

template <class Read>
Result<> Tables::reading(std::size_t lookups, Read read) {
    if (lookups <= few_lookups)
        return read();
    if (!database_.begin_reading())
        return failure("begin to read");
    Result<> done = read();
    if (done && database_.commit() != Committed::yes)
        done = failure("end reading");
    if (!done)
        database_.abandon();
    return done;
}

Result<std::vector<SeenItem>> Tables::seen(const SeenQuery& query) {
    std::vector<SeenItem> list;
    {
        auto use = statements_[seen_any].use();
        use.bind(query.source).bind(query.account);
        if (!use.row()) // a first look
            return !use.failed() ? Result<std::vector<SeenItem>>{std::move(list)}
                                 : failure("read whether anything was seen");
    }
    const auto look = [&](Name name, const Digest& digest) {
        auto use = statements_[name].use();
        use.bind(query.source).bind(query.account).bind(digest);
        while (use.row())
            list.push_back(read_seen(use));
        return !use.failed();
    };
    const Result<> read = reading(query.items.size() + query.links.size(), [&]() -> Result<> {
        for (const Digest& item : query.items)
            if (!look(seen_by_item, item))
                return failure("read seen items");
        for (const Digest& link : query.links)
            if (link != Digest{} && !look(seen_by_link, link))
                return failure("read seen links");
        return {};
    });
    if (!read)
        return read.error();
    // An item that was found by both is told once.
    std::sort(list.begin(), list.end(), [](const SeenItem& a, const SeenItem& b) { return a.item < b.item; });
    list.erase(std::unique(list.begin(), list.end(),
                           [](const SeenItem& a, const SeenItem& b) { return a.item == b.item; }),
               list.end());
    return list;
}

Result<std::vector<Story>> Tables::told(const StoryQuery& query) {
    std::vector<Story> list;
    const Result<> read = reading(query.stories.size(), [&]() -> Result<> {
        for (const Digest& story : query.stories) {
            auto use = statements_[story_told].use();
            use.bind(query.account).bind(story).bind(query.since);
            while (use.row()) {
                Story one;
                one.account = query.account;
                one.story = story;
                one.source = use.text();
                one.told = use.instant();
                list.push_back(std::move(one));
            }
            if (use.failed())
                return failure("read stories");
        }
        return {};
    });
    if (!read)
        return read.error();
    return list;
}

} // namespace crier::store
