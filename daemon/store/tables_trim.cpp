#include "store/tables.hpp"

#include <algorithm>
#include <set>
#include <utility>
#include <vector>

/// What has come to an end goes, its keys stay (delivery rule 20).
namespace crier::store {

namespace {

/// An item that was shown so much before the last one that its feed showed has left it: `shown` is written
/// anew once a month at least.
constexpr Duration left_after = std::chrono::hours{24 * 60};

struct Candidate {
    PostId id = 0;
    Digest key;
    std::string account;
    OriginKind kind = OriginKind::manual;
    std::string origin;
    std::string item;
    Instant created{};
    bool ended = false;
    Instant last{}; ///< due, or tried
    bool awaits_receipt = false;
};

Candidate read_candidate(Statement::Use& use) {
    Candidate post;
    post.id = use.number();
    post.key = use.digest();
    post.account = use.text();
    post.kind = parse_origin_kind(use.text()).value_or(OriginKind::manual);
    post.origin = use.text();
    post.item = use.text();
    post.created = use.instant();
    post.ended = use.flag();
    post.last = use.instant();
    post.awaits_receipt = use.maybe_instant().has_value();
    return post;
}

} // namespace

/// The first column of the first row; nothing where there is none, or it is null.
template <class Bind>
Result<std::optional<Instant>> Tables::first_of(Name name, Bind bind) {
    auto use = statements_[name].use();
    bind(use);
    std::optional<Instant> found;
    if (use.row())
        found = use.maybe_instant();
    else if (use.failed())
        return failure("look for what is old");
    return found;
}

Result<Trimmed> Tables::trim(const TrimQuery& query) {
    Trimmed done;
    if (!database_.begin(Connection::Writer::alone))
        return failure("begin");
    Result<> worked = trim_posts(query, done);
    if (worked && !done.more)
        worked = trim_items_of(query, done);
    if (worked && !done.more)
        worked = trim_keys(query, done);
    if (worked && database_.commit() != Committed::yes)
        worked = failure("commit");
    if (!worked) {
        database_.abandon();
        return worked.error();
    }
    return done;
}

/// The newest row stays, whatever it is, so that no number is given twice.
Result<> Tables::trim_posts(const TrimQuery& query, Trimmed& done) {
    std::vector<Candidate> candidates;
    {
        auto use = statements_[trim_candidates].use();
        use.bind(query.after)
            .bind(query.after_id)
            .bind(query.posts_before)
            .bind(static_cast<std::int64_t>(query.limit));
        while (use.row())
            candidates.push_back(read_candidate(use));
        if (use.failed())
            return failure("look for old posts");
    }
    done.more = candidates.size() == query.limit;
    if (!candidates.empty()) {
        done.after = candidates.back().created;
        done.after_id = candidates.back().id;
    }
    // Evidence for a post in doubt may ask for any of them: one status settles one post.
    std::set<std::string> unsettled;
    std::set<std::string> asked;
    for (const Candidate& post : candidates) {
        if (!post.ended || post.awaits_receipt || post.last >= query.posts_before)
            continue;
        if (asked.insert(post.account).second) {
            const auto open = first_of(trim_unsettled, [&](auto& use) { use.bind(post.account); });
            if (!open)
                return open.error();
            if (*open)
                unsettled.insert(post.account);
        }
        if (unsettled.count(post.account) > 0)
            continue;
        const auto child = first_of(trim_child, [&](auto& use) { use.bind(post.key); });
        if (!child)
            return child.error();
        if (*child)
            continue;
        if (post.kind == OriginKind::source) {
            const Digest item = Digest::from_hex(post.item);
            const auto shown =
                first_of(trim_item, [&](auto& use) { use.bind(post.origin).bind(post.account).bind(item); });
            const auto latest = first_of(
                trim_latest, [&](auto& use) { use.bind(post.origin).bind(post.account).bind(query.now); });
            if (!shown || !latest)
                return shown ? latest.error() : shown.error();
            if (*shown && *latest && **shown > **latest - left_after)
                continue; // still in its feed
        }
        const Instant expires =
            query.now + (post.kind == OriginKind::entry ? query.occurrences : query.items);
        {
            auto use = statements_[put_tombstone].use();
            if (!use.bind(post.key).bind(expires).later())
                return failure("keep a key");
        }
        for (const Name name : {trim_attempts, trim_amendment, trim_post}) {
            auto use = statements_[name].use();
            if (!use.bind(post.id).later())
                return failure("take an old post away");
        }
        ++done.posts;
    }
    return {};
}

Result<> Tables::trim_items_of(const TrimQuery& query, Trimmed& done) {
    std::vector<std::pair<std::string, std::string>> pairs;
    {
        auto use = statements_[trim_pairs].use();
        while (use.row()) {
            std::string source = use.text();
            pairs.emplace_back(std::move(source), use.text());
        }
        if (use.failed())
            return failure("read sources");
    }
    for (const auto& [source, account] : pairs) {
        // What a clock that stood in the future has noted says nothing of today.
        const auto latest = first_of(trim_latest, [&, &from = source, &to = account](auto& use) {
            use.bind(from).bind(to).bind(query.now);
        });
        if (!latest)
            return latest.error();
        std::vector<Digest> gone;
        {
            // By what the feed itself has shown since: one that is not read, or does not change, loses none.
            auto use = statements_[trim_items].use();
            use.bind(source)
                .bind(account)
                .bind(latest->value_or(Instant{}) - query.items)
                .bind(static_cast<std::int64_t>(query.limit - done.items));
            while (use.row())
                gone.push_back(use.digest());
            if (use.failed())
                return failure("look for old items");
        }
        for (const Digest& item : gone) {
            auto use = statements_[trim_seen].use();
            if (!use.bind(source).bind(account).bind(item).later())
                return failure("forget an old item");
        }
        done.items += gone.size();
        done.more = done.items >= query.limit;
        if (done.more)
            return {};
    }
    return {};
}

Result<> Tables::trim_keys(const TrimQuery& query, Trimmed& done) {
    auto use = statements_[trim_tombstones].use();
    if (!use.bind(query.now).bind(static_cast<std::int64_t>(query.limit)).done())
        return failure("forget old keys");
    done.keys = static_cast<std::size_t>(use.changes());
    done.more = done.keys >= query.limit;
    auto stories = statements_[trim_stories].use();
    if (!stories.bind(query.now - query.stories).bind(static_cast<std::int64_t>(query.limit)).done())
        return failure("forget old stories");
    done.more = done.more || static_cast<std::size_t>(stories.changes()) >= query.limit;
    return {};
}

} // namespace crier::store
