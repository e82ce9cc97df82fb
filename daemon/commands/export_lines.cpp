#include "commands/export_lines.hpp"

#include "store/content_text.hpp"

#include <boost/json/array.hpp>
#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>

#include <optional>
#include <utility>

namespace crier::commands {

namespace json = boost::json;

namespace {

/// A line under way: what is empty is left out.
class LineWriter {
public:
    explicit LineWriter(std::string_view kind) { object_["kind"] = json::string{kind.data(), kind.size()}; }

    LineWriter& text(const char* name, std::string_view value) {
        if (!value.empty())
            object_[name] = json::string{value.data(), value.size()};
        return *this;
    }
    LineWriter& number(const char* name, std::int64_t value) {
        if (value != 0)
            object_[name] = value;
        return *this;
    }
    LineWriter& flag(const char* name, bool value) {
        if (value)
            object_[name] = true;
        return *this;
    }
    LineWriter& when(const char* name, Instant value) {
        if (value == Instant::max())
            object_[name] = "never";
        else if (value != Instant{})
            object_[name] = to_rfc3339(value);
        return *this;
    }
    LineWriter& when(const char* name, const std::optional<Instant>& value) {
        return value ? when(name, *value) : *this;
    }
    LineWriter& digest(const char* name, const Digest& value) {
        if (value != Digest{})
            object_[name] = value.hex();
        return *this;
    }
    LineWriter& value(const char* name, json::value value) {
        object_[name] = std::move(value);
        return *this;
    }
    LineWriter& fuse(const fuse::State& state) {
        return text("fuse", state.why).when("fuse_tripped", state.tripped).when("fuse_reset", state.reset);
    }
    [[nodiscard]] json::object done() { return std::move(object_); }

private:
    json::object object_;
};

/// Reads the fields of a line; the first that is wrong is kept.
class LineReader {
public:
    explicit LineReader(const json::object& object)
        : object_(object) {}

    std::string text(const char* name) {
        const json::value* value = find(name);
        if (value == nullptr)
            return {};
        if (!value->is_string())
            return wrong(name, "a text"), std::string{};
        return std::string{value->get_string()};
    }
    std::string needed(const char* name) {
        std::string value = text(name);
        if (value.empty())
            wrong(name, "given");
        return value;
    }
    std::int64_t number(const char* name, std::int64_t fallback = 0) {
        const json::value* value = find(name);
        if (value == nullptr)
            return fallback;
        if (!value->is_int64())
            return wrong(name, "a whole number"), 0;
        return value->get_int64();
    }
    int small(const char* name, int fallback = 0) {
        const std::int64_t value = number(name, fallback);
        if (value < 0 || value > 1'000'000'000)
            wrong(name, "a small number");
        return static_cast<int>(value);
    }
    bool flag(const char* name) {
        const json::value* value = find(name);
        if (value == nullptr)
            return false;
        if (!value->is_bool())
            return wrong(name, "true or false"), false;
        return value->get_bool();
    }
    std::optional<Instant> maybe(const char* name) {
        const std::string given = text(name);
        if (given.empty())
            return std::nullopt;
        if (given == "never")
            return Instant::max();
        const std::optional<Instant> when = from_rfc3339(given);
        if (!when)
            wrong(name, "a time such as 2026-11-24T09:00:00Z");
        return when;
    }
    Instant when(const char* name) { return maybe(name).value_or(Instant{}); }
    Digest digest(const char* name) {
        const std::string given = text(name);
        const Digest value = Digest::from_hex(given);
        if (!given.empty() && value == Digest{})
            wrong(name, "64 hexadecimal digits");
        return value;
    }
    Digest needed_digest(const char* name) {
        const Digest value = digest(name);
        if (value == Digest{})
            wrong(name, "64 hexadecimal digits");
        return value;
    }
    /// One of a set of words, by the function that reads them.
    template <class T>
    T word(const char* name, std::optional<T> (*parse)(std::string_view) noexcept, T fallback) {
        const std::string given = text(name);
        if (given.empty())
            return fallback;
        const std::optional<T> value = parse(given);
        if (!value)
            wrong(name, "a word that this version knows, and it is \"" + given + "\"");
        return value.value_or(fallback);
    }
    const json::object* object(const char* name) {
        const json::value* value = find(name);
        if (value == nullptr)
            return nullptr;
        if (!value->is_object())
            return wrong(name, "an object"), nullptr;
        return &value->get_object();
    }
    const json::array* list(const char* name) {
        const json::value* value = find(name);
        if (value == nullptr)
            return nullptr;
        if (!value->is_array())
            return wrong(name, "a list"), nullptr;
        return &value->get_array();
    }
    void fuse(fuse::State& state) {
        state.why = text("fuse");
        state.tripped = when("fuse_tripped");
        state.reset = when("fuse_reset");
    }
    void wrong(const char* name, const std::string& expected) {
        if (!failure_)
            failure_ = Failure{Cause::config, std::string{name} + " must be " + expected};
    }
    void take(const LineReader& inner) {
        if (!failure_)
            failure_ = inner.failure_;
    }
    template <class T>
    Result<ExportedRow> result(T row) {
        if (failure_)
            return *failure_;
        return ExportedRow{std::move(row)};
    }

private:
    const json::value* find(const char* name) const {
        const json::value* value = object_.if_contains(name);
        return value != nullptr && value->is_null() ? nullptr : value;
    }

    const json::object& object_;
    std::optional<Failure> failure_;
};

json::object origin_object(const Origin& origin) {
    json::object object;
    object["kind"] = std::string{to_text(origin.kind)};
    object["name"] = origin.name;
    object["item"] = origin.item;
    return object;
}

/// As the store's rows have it, but for what means nothing elsewhere.
json::value content_value(const PostContent& content) {
    PostContent portable = content;
    for (Media& media : portable.media) {
        media.copy.clear();
        media.thumbnail_copy.clear();
        media.server_id.clear(); // and with it all that is said of the upload
    }
    json::parse_options lenient;
    lenient.allow_invalid_utf8 = true;
    return json::parse(store::content_to_text(portable), {}, lenient);
}

json::object attempt_object(const Attempt& attempt) {
    LineWriter line{"attempt"};
    line.number("number", attempt.number)
        .when("started", attempt.started)
        .text("key", attempt.key)
        .when("finished", attempt.finished)
        .number("http", attempt.http)
        .text("outcome", attempt.outcome)
        .text("detail", attempt.detail);
    json::object object = line.done();
    object.erase("kind");
    return object;
}

json::object sent_object(const SentMoments& sent) {
    json::object object;
    object["boot"] = sent.boot;
    if (sent.key_since)
        object["key_since"] = sent.key_since->time_since_epoch().count();
    object["quiet_until"] = sent.quiet_until.time_since_epoch().count();
    object["over_at"] = sent.over_at.time_since_epoch().count();
    return object;
}

json::object amendment_object(const Amendment& amendment) {
    json::object object;
    object["kind"] = std::string{to_text(amendment.kind)};
    object["person"] = amendment.person;
    if (amendment.kind == Amendment::Kind::edit)
        object["content"] = content_value(amendment.content);
    object["asked"] = to_rfc3339(amendment.asked);
    return object;
}

OriginState read_origin(LineReader& line) {
    OriginState origin;
    origin.kind = line.word("of", parse_origin_kind, OriginKind::source);
    origin.name = line.needed("name");
    origin.identity = line.needed("identity");
    origin.reads = line.text("reads");
    origin.edition = line.small("edition");
    return origin;
}

SourceState read_source(LineReader& line) {
    SourceState source;
    source.source = line.needed("source");
    source.url = line.text("url");
    source.moved_from = line.text("moved_from");
    source.last_poll = line.when("last_poll");
    source.last_success = line.when("last_success");
    source.paused = line.flag("paused");
    source.note = line.text("note");
    source.identified = line.text("identified");
    line.fuse(source.fuse);
    return source;
}

EntryState read_entry(LineReader& line) {
    EntryState entry;
    entry.entry = line.needed("entry");
    entry.fired = line.when("fired");
    entry.since = line.when("since");
    entry.rule = line.text("rule");
    entry.paused = line.flag("paused");
    entry.counter = line.number("counter");
    entry.note = line.text("note");
    line.fuse(entry.fuse);
    return entry;
}

AccountState read_account(LineReader& line) {
    AccountState account;
    account.account = line.needed("account");
    account.server = line.text("server");
    account.handle = line.text("handle");
    account.account_id = line.text("account_id");
    account.application = line.text("application");
    account.not_before = line.when("not_before");
    account.last_published = line.when("last_published");
    account.paused = line.flag("paused");
    account.paused_why = line.text("paused_why");
    account.paused_until = line.maybe("paused_until");
    account.memory.knows_until = line.maybe("knows_until");
    account.memory.restored = line.flag("restored");
    account.memory.posted_until = line.when("posted_until");
    return account;
}

SeenItem read_seen(LineReader& line) {
    SeenItem item;
    item.source = line.needed("source");
    item.account = line.needed("account");
    item.item = line.needed_digest("item");
    item.link = line.digest("link");
    item.title = line.text("title");
    item.address = line.text("address");
    item.verdict = line.text("verdict");
    item.seen = line.when("seen");
    item.shown = line.when("shown");
    item.said = line.digest("said");
    item.dated = line.maybe("dated");
    return item;
}

bool read_content(LineReader& line, PostContent& content) {
    const json::object* object = line.object("content");
    const bool reads = object != nullptr && store::content_from_text(json::serialize(*object), content);
    if (!reads)
        line.wrong("content", "what a post says");
    return reads;
}

Attempt read_attempt(LineReader& line) {
    Attempt attempt;
    attempt.number = line.small("number");
    attempt.started = line.when("started");
    attempt.key = line.text("key");
    attempt.finished = line.maybe("finished");
    attempt.http = line.small("http");
    attempt.outcome = line.text("outcome");
    attempt.detail = line.text("detail");
    return attempt;
}

SentMoments read_sent(LineReader& line) {
    SentMoments sent;
    sent.boot = line.number("boot");
    if (const std::int64_t since = line.number("key_since"); since != 0)
        sent.key_since = Mono{Duration{since}};
    sent.quiet_until = Mono{Duration{line.number("quiet_until")}};
    sent.over_at = Mono{Duration{line.number("over_at")}};
    return sent;
}

/// The way to the server: what was tried, and what is not known of it.
void read_way(LineReader& line, Post& post) {
    post.generation = line.small("generation");
    post.attempts = line.small("attempts");
    post.first_attempt = line.maybe("first_attempt");
    post.key_since = line.maybe("key_since");
    post.last_attempt = line.maybe("last_attempt");
    post.in_doubt = line.flag("in_doubt");
    post.tries = line.small("tries");
    post.approved = line.flag("approved");
    post.status_id = line.text("status_id");
    post.status_url = line.text("status_url");
    post.looks = line.small("looks");
    post.absent_since = line.maybe("absent_since");
    post.receipt = line.maybe("receipt");
    post.edited = line.maybe("edited");
    post.planned = line.maybe("planned");
    post.undone = line.maybe("undone");
    post.pin_next = line.maybe("pin_next");
    if (const json::object* sent = line.object("sent")) {
        LineReader inner{*sent};
        post.sent = read_sent(inner);
        line.take(inner);
    }
}

store::WholePost read_post(LineReader& line) {
    store::WholePost whole;
    Post& post = whole.post;
    post.id = line.number("id");
    post.key = line.needed_digest("key");
    post.account = line.needed("account");
    if (const json::object* origin = line.object("origin")) {
        LineReader inner{*origin};
        post.origin.kind = inner.word("kind", parse_origin_kind, OriginKind::manual);
        post.origin.name = inner.text("name");
        post.origin.item = inner.text("item");
        line.take(inner);
    }
    line.needed("state");
    post.state = line.word("state", parse_post_state, PostState::held);
    post.code = line.word("code", parse_reason_code, ReasonCode::none);
    post.reason = line.text("reason");
    const int priority = static_cast<int>(line.number("priority", 2));
    if (priority < -1 || priority > 2)
        line.wrong("priority", "from -1 to 2");
    post.priority = static_cast<Priority>(priority);
    post.due = line.when("due");
    post.expires = line.maybe("expires");
    post.next = line.when("next");
    (void)read_content(line, post.content);
    post.part = line.small("part");
    post.parts = line.small("parts", 1);
    post.parent = line.digest("parent");
    post.link = line.digest("link");
    post.created = line.when("created");
    read_way(line, post);
    if (const json::array* requests = line.list("requests"))
        for (const json::value& one : *requests)
            if (one.is_object()) {
                LineReader inner{one.get_object()};
                whole.attempts.push_back(read_attempt(inner));
                line.take(inner);
            }
    if (const json::object* asked = line.object("amendment")) {
        LineReader inner{*asked};
        Amendment amendment;
        amendment.account = post.account;
        amendment.kind = inner.word("kind", parse_amendment_kind, Amendment::Kind::keep);
        amendment.person = inner.flag("person");
        if (amendment.kind == Amendment::Kind::edit)
            (void)read_content(inner, amendment.content);
        amendment.asked = inner.when("asked");
        amendment.next = amendment.asked;
        line.take(inner);
        whole.amendment = std::move(amendment);
    }
    return whole;
}

} // namespace

json::object export_line(const OriginState& origin) {
    LineWriter line{"origin"};
    return line.text("of", to_text(origin.kind))
        .text("name", origin.name)
        .text("identity", origin.identity)
        .text("reads", origin.reads)
        .number("edition", origin.edition)
        .done();
}

json::object export_line(const SourceState& source) {
    LineWriter line{"source"};
    return line.text("source", source.source)
        .text("url", source.url)
        .text("moved_from", source.moved_from)
        .when("last_poll", source.last_poll)
        .when("last_success", source.last_success)
        .flag("paused", source.paused)
        .text("note", source.note)
        .text("identified", source.identified)
        .fuse(source.fuse)
        .done();
}

json::object export_line(const SourceAccount& account) {
    LineWriter line{"source_account"};
    return line.text("source", account.source)
        .text("account", account.account)
        .when("since", account.since)
        .when("spaced", account.spaced)
        .done();
}

json::object export_line(const EntryState& entry) {
    LineWriter line{"entry"};
    return line.text("entry", entry.entry)
        .when("fired", entry.fired)
        .when("since", entry.since)
        .text("rule", entry.rule)
        .flag("paused", entry.paused)
        .number("counter", entry.counter)
        .text("note", entry.note)
        .fuse(entry.fuse)
        .done();
}

json::object export_line(const DrawnItem& drawn) {
    LineWriter line{"drawn"};
    return line.text("entry", drawn.entry)
        .digest("item", drawn.item)
        .when("last", drawn.mark.last)
        .number("round", drawn.mark.round)
        .done();
}

json::object export_line(const AccountState& account) {
    LineWriter line{"account"};
    return line.text("account", account.account)
        .text("server", account.server)
        .text("handle", account.handle)
        .text("account_id", account.account_id)
        .text("application", account.application)
        .when("not_before", account.not_before == Instant::max() ? Instant{} : account.not_before)
        .when("last_published", account.last_published)
        .flag("paused", account.paused)
        .text("paused_why", account.paused_why)
        .when("paused_until", account.paused_until)
        .when("knows_until", account.memory.knows_until)
        .flag("restored", account.memory.restored)
        .when("posted_until", account.memory.posted_until)
        .done();
}

json::object export_line(const SeenItem& item) {
    LineWriter line{"seen"};
    return line.text("source", item.source)
        .text("account", item.account)
        .digest("item", item.item)
        .digest("link", item.link)
        .text("title", item.title)
        .text("address", item.address)
        .text("verdict", item.verdict)
        .when("seen", item.seen)
        .when("shown", item.shown)
        .digest("said", item.said)
        .when("dated", item.dated)
        .done();
}

json::object export_line(const Story& story) {
    LineWriter line{"story"};
    return line.text("account", story.account)
        .digest("story", story.story)
        .text("source", story.source)
        .when("told", story.told)
        .done();
}

json::object export_line(const Tombstone& tombstone) {
    LineWriter line{"key"};
    return line.digest("key", tombstone.key).when("expires", tombstone.expires).done();
}

json::object export_line(const store::WholePost& whole) {
    const Post& post = whole.post;
    LineWriter line{"post"};
    line.number("id", post.id)
        .digest("key", post.key)
        .text("account", post.account)
        .value("origin", origin_object(post.origin))
        .text("state", to_text(post.state))
        .text("code", to_text(post.code))
        .text("reason", post.reason)
        .value("priority", static_cast<int>(post.priority))
        .when("due", post.due)
        .when("expires", post.expires)
        .when("next", post.next)
        .value("content", content_value(post.content))
        .number("part", post.part)
        .value("parts", post.parts)
        .digest("parent", post.parent)
        .digest("link", post.link)
        .when("created", post.created)
        .number("generation", post.generation)
        .number("attempts", post.attempts)
        .when("first_attempt", post.first_attempt)
        .when("key_since", post.key_since)
        .when("last_attempt", post.last_attempt)
        .flag("in_doubt", post.in_doubt)
        .number("tries", post.tries)
        .flag("approved", post.approved)
        .text("status_id", post.status_id)
        .text("status_url", post.status_url)
        .number("looks", post.looks)
        .when("absent_since", post.absent_since)
        .when("receipt", post.receipt)
        .when("edited", post.edited)
        .when("planned", post.planned)
        .when("undone", post.undone)
        .when("pin_next", post.pin_next);
    if (post.sent.boot != 0)
        line.value("sent", sent_object(post.sent));
    if (!whole.attempts.empty()) {
        json::array requests;
        for (const Attempt& attempt : whole.attempts)
            requests.push_back(attempt_object(attempt));
        line.value("requests", std::move(requests));
    }
    if (whole.amendment)
        line.value("amendment", amendment_object(*whole.amendment));
    return line.done();
}

Result<ExportedRow> read_export_line(const json::object& object) {
    LineReader line{object};
    const std::string kind = line.needed("kind");
    if (kind == "seen")
        return line.result(read_seen(line));
    if (kind == "post")
        return line.result(read_post(line));
    if (kind == "origin")
        return line.result(read_origin(line));
    if (kind == "source")
        return line.result(read_source(line));
    if (kind == "entry")
        return line.result(read_entry(line));
    if (kind == "account")
        return line.result(read_account(line));
    if (kind == "source_account") {
        SourceAccount account;
        account.source = line.needed("source");
        account.account = line.needed("account");
        account.since = line.when("since");
        account.spaced = line.when("spaced");
        return line.result(std::move(account));
    }
    if (kind == "drawn") {
        DrawnItem drawn;
        drawn.entry = line.needed("entry");
        drawn.item = line.needed_digest("item");
        drawn.mark.last = line.when("last");
        drawn.mark.round = line.number("round");
        return line.result(std::move(drawn));
    }
    if (kind == "story") {
        Story story;
        story.account = line.needed("account");
        story.story = line.needed_digest("story");
        story.source = line.text("source");
        story.told = line.when("told");
        return line.result(std::move(story));
    }
    if (kind == "key") {
        Tombstone tombstone;
        tombstone.key = line.needed_digest("key");
        tombstone.expires = line.when("expires");
        return line.result(std::move(tombstone));
    }
    return line.result(UnknownLine{kind});
}

} // namespace crier::commands
