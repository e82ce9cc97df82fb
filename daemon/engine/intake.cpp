#include "engine/intake.hpp"

#include "core/text/plain.hpp"
#include "engine/verdict.hpp"

#include <algorithm>
#include <unordered_map>
#include <unordered_set>
#include <utility>

namespace crier::engine {
namespace {

/// How long after its date an item may come out: feeds are made and cached.
constexpr Duration late_by_most = std::chrono::hours{24};

/// How old a record that an item is in its feed may become: the store takes one for gone after twice as long.
constexpr Duration shown_anew = std::chrono::hours{24 * 30};

std::optional<Instant> date_of(const Item& item) {
    return item.published ? item.published : item.updated;
}

/// What the store remembers, by identity and by link.
class Memory {
public:
    explicit Memory(const std::vector<SeenItem>& known) {
        for (const SeenItem& seen : known) {
            items_.insert(seen.item);
            if (seen.link == Digest{})
                continue;
            Link& link = links_[seen.link];
            if (seen.verdict.starts_with(verdict::adopted)) {
                link.adopted = seen.seen;
                link.words = seen.title;
                continue;
            }
            ++link.items;
            link.seen = seen.seen;
            link.title = seen.title;
        }
    }

    /// As itself.
    [[nodiscard]] bool has_item(const ItemIdentity& identity) const {
        return items_.count(identity.item) > 0 ||
               (identity.content_at_link != Digest{} && items_.count(identity.content_at_link) > 0);
    }
    /// As the only one with its link; but where a feed shows one item at a time, all behind the same link, a
    /// later one with another title is another one.
    [[nodiscard]] bool has_link(const ItemIdentity& identity, const Item& item) const {
        const auto link = links_.find(identity.link);
        if (identity.link == Digest{} || link == links_.end() || link->second.items != 1)
            return false;
        const std::optional<Instant> date = date_of(item);
        return !date || *date <= link->second.seen || item.title == link->second.title;
    }
    /// Another bot posted it. All with the link that are as old as that are meant, for the feed may show
    /// several; a later one is known by its title in what was posted (some feeds date into the future), for
    /// others post one link for ever.
    [[nodiscard]] bool was_adopted(const ItemIdentity& identity, const Item& item) const {
        const auto link = links_.find(identity.address);
        if (link == links_.end() || !link->second.adopted)
            return false;
        const std::optional<Instant> date = date_of(item);
        if (date && *date <= *link->second.adopted)
            return true;
        if (link->second.items > 0)
            return false; // what has the link now is known by itself
        const std::string title = text::one_line(item.title);
        return (!date && identity.link != Digest{}) ||
               (!title.empty() && link->second.words.find(title) != std::string::npos);
    }

private:
    std::unordered_set<Digest> items_;
    struct Link {
        int items = 0; ///< without what was adopted
        Instant seen{};
        std::string title;
        std::optional<Instant> adopted;
        std::string words; ///< of the status that had it
    };
    std::unordered_map<Digest, Link> links_;
};

SeenItem note(const IntakeQuery& query, const Item& item, const ItemIdentity& identity, std::string verdict) {
    SeenItem seen;
    seen.source = query.source.name;
    seen.account = query.target.account;
    seen.item = identity.item;
    seen.link = identity.link;
    seen.title = item.title;
    seen.address = item.link;
    seen.verdict = std::move(verdict);
    seen.seen = query.now;
    return seen;
}

/// Another name by which the same item is known from now on. Without a link: that one is noted already, and a
/// link of two items identifies neither.
SeenItem note_name(const IntakeQuery& query, const Item& item, const Digest& name) {
    ItemIdentity identity;
    identity.item = name;
    return note(query, item, identity, std::string{verdict::other_name});
}

/// When it was due: now, but for what may have been posted by a life that the store does not know. Of that,
/// an item counts from its date, at the earliest from the last look that did not show it.
Instant due_of(const IntakeQuery& query, const Item& item) {
    const AccountMemory& memory = query.memory;
    Instant due = std::max(date_of(item).value_or(Instant{}), query.last_look);
    if (due == Instant{})
        due = memory.knows_until.value_or(query.now);
    const bool may_be_posted = memory.knows_until || due < memory.posted_until;
    return may_be_posted ? std::min(due, query.now) : query.now;
}

Post make_post(const IntakeQuery& query, const Item& item, const ItemIdentity& identity, Composed composed) {
    Acceptance acceptance;
    acceptance.origin.kind = OriginKind::source;
    acceptance.origin.name = query.source.name;
    acceptance.origin.item = identity.item.hex();
    acceptance.identity = query.identity;
    acceptance.revision = query.source.edition;
    acceptance.priority = Priority::item;
    acceptance.now = query.now;
    acceptance.due = due_of(query, item);
    Post post = accept(query.account, acceptance, std::move(composed));
    post.link = identity.address;
    return post;
}

/// The verdict on one item that was not seen before; empty when it is to be posted.
std::string judge(const IntakeQuery& query, const Item& item) {
    const auto filtered = query.filter.judge(item);
    if (!filtered.pass)
        return verdict::because(verdict::filtered, filtered.why);
    const std::optional<Instant> date = date_of(item);
    if (query.first_look && date && *date < *query.first_look - late_by_most)
        return std::string{verdict::before_first_look};
    if (query.source.max_age && date && query.now - *date > *query.source.max_age)
        return verdict::because(verdict::too_old, to_rfc3339(*date));
    return {};
}

/// Not there yet when the source was looked at and found empty?
bool newer_than_empty(const IntakeQuery& query, const Item& item) {
    const std::optional<Instant> date = date_of(item);
    return query.empty_since && date && *date > *query.empty_since - late_by_most;
}

/// Newest first: by date where every item has one, else as the source orders them.
std::vector<std::size_t> newest_first(const std::vector<Item>& items) {
    std::vector<std::size_t> order(items.size());
    bool all_dated = true;
    for (std::size_t i = 0; i < order.size(); ++i) {
        order[i] = i;
        all_dated = all_dated && date_of(items[i]).has_value();
    }
    if (all_dated)
        std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
            return *date_of(items[a]) > *date_of(items[b]);
        });
    return order;
}

} // namespace

SeenQuery seen_query(const std::string& source, const std::string& account,
                     const std::vector<ItemIdentity>& identities) {
    SeenQuery query;
    query.source = source;
    query.account = account;
    for (const ItemIdentity& identity : identities) {
        query.items.push_back(identity.item);
        if (identity.address != Digest{}) // also where it identifies nothing: it may be an adopted one
            query.links.push_back(identity.address);
        if (identity.content_at_link != Digest{})
            query.items.push_back(identity.content_at_link);
    }
    return query;
}

Intake take_in(const IntakeQuery& query, const std::vector<Item>& items,
               const std::vector<ItemIdentity>& identities, const std::vector<SeenItem>& seen) {
    Intake intake;
    intake.first_run = query.first_run;
    const Memory memory{seen};
    std::size_t may_post = items.size();
    if (query.first_run && query.source.first_run.publish)
        may_post = static_cast<std::size_t>(std::max(*query.source.first_run.publish, 0));

    // A first run that may publish some takes the newest.
    std::unordered_set<Digest> taken;
    for (const std::size_t i : newest_first(items)) {
        const ItemIdentity& identity = identities[i];
        if (!taken.insert(identity.item).second)
            continue;
        const bool adopted = memory.was_adopted(identity, items[i]);
        const bool known = memory.has_item(identity);
        intake.adopted += adopted && (query.first_run || !known) ? 1U : 0U;
        may_post -= adopted && may_post > 0 ? 1U : 0U;
        if (known)
            continue;
        if (adopted || memory.has_link(identity, items[i])) {
            // Known by its link alone: ids that have all changed must not be strangers when the links change,
            // too.
            intake.seen.push_back(note_name(query, items[i], identity.item));
            continue;
        }
        ++intake.fresh;
        std::string word = judge(query, items[i]);
        if (!word.empty()) {
            ++intake.filtered;
        } else if (may_post == 0 && !newer_than_empty(query, items[i])) {
            ++intake.noted;
            word = verdict::first_run;
        } else {
            Composed composed =
                compose_item(query.source, query.target, items[i], query.zone, query.now, query.server);
            if (!composed.drop.empty()) {
                ++intake.filtered;
                word = verdict::because(verdict::dropped, composed.drop);
            } else {
                may_post -= may_post > 0 ? 1U : 0U;
                word = composed.hold.empty() ? std::string{verdict::accepted}
                                             : verdict::because(verdict::held, composed.hold);
                intake.posts.push_back(make_post(query, items[i], identity, std::move(composed)));
            }
        }
        intake.seen.push_back(note(query, items[i], identity, std::move(word)));
        if (identity.content_at_link != Digest{})
            intake.seen.push_back(note_name(query, items[i], identity.content_at_link));
    }
    std::reverse(intake.posts.begin(), intake.posts.end());
    // That it is still in its feed: once a month, for that is a write.
    for (const SeenItem& row : seen) {
        if (row.shown > query.now - shown_anew)
            continue;
        SeenItem again = row;
        again.shown = query.now;
        intake.seen.push_back(std::move(again));
    }
    return intake;
}

} // namespace crier::engine
