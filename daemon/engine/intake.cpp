#include "engine/intake.hpp"

#include "core/text/plain.hpp"
#include "engine/verdict.hpp"

#include <algorithm>
#include <iterator>
#include <optional>
#include <unordered_map>
#include <unordered_set>
#include <utility>

namespace crier::engine {
namespace {

/// How long after its date an item may come out: feeds are made and cached.
constexpr Duration late_by_most = std::chrono::hours{24};

/// One that has its time is posted so much later at most, where the source does not say `max_age`.
constexpr Duration late_due = std::chrono::hours{1};

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
            items_.insert_or_assign(seen.item, &seen);
            if (seen.link == Digest{})
                continue;
            Link& link = links_[seen.link];
            if (seen.verdict.starts_with(verdict::adopted)) {
                link.adopted = seen.seen;
                link.words = seen.title;
                continue;
            }
            ++link.items;
            link.first = seen.item;
            link.said = seen.said;
            link.seen = seen.seen;
            link.dated = seen.dated.value_or(seen.seen);
            link.title = seen.title;
        }
    }

    /// As itself.
    [[nodiscard]] bool has_item(const ItemIdentity& identity) const {
        return items_.count(identity.item) > 0 ||
               (identity.content_at_link != Digest{} && items_.count(identity.content_at_link) > 0);
    }
    /// What was noted of it by itself; null: nothing.
    [[nodiscard]] const SeenItem* find(const ItemIdentity& identity) const {
        auto found = items_.find(identity.item);
        if (found == items_.end() && identity.content_at_link != Digest{})
            found = items_.find(identity.content_at_link);
        return found == items_.end() ? nullptr : found->second;
    }
    /// What the item was known by when it was first seen.
    [[nodiscard]] Digest first_of(const SeenItem& row, const ItemIdentity& identity) const {
        if (const std::optional<Digest> first = verdict::first_name(row.verdict))
            return *first;
        if (!row.verdict.starts_with(verdict::other_name))
            return row.item;
        return only_with_link(identity).value_or(row.item); // noted before first names were
    }
    /// The only one with its link; nothing where that is not so.
    [[nodiscard]] std::optional<Digest> only_with_link(const ItemIdentity& identity) const {
        const auto link = links_.find(identity.link);
        if (identity.link == Digest{} || link == links_.end() || link->second.items != 1)
            return std::nullopt;
        return link->second.first;
    }
    /// What the only one with its link said.
    [[nodiscard]] Digest said_at_link(const ItemIdentity& identity) const {
        const auto link = links_.find(identity.link);
        return link == links_.end() ? Digest{} : link->second.said;
    }
    /// As the only one with its link; but where a feed shows one item at a time, all behind the same link, a
    /// later one with another title is another one.
    [[nodiscard]] bool has_link(const ItemIdentity& identity, const Item& item) const {
        const auto link = links_.find(identity.link);
        if (identity.link == Digest{} || link == links_.end() || link->second.items != 1)
            return false;
        const std::optional<Instant> date = date_of(item);
        return !date || *date <= std::max(link->second.seen, link->second.dated) ||
               item.title == link->second.title;
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
    std::unordered_map<Digest, const SeenItem*> items_;
    struct Link {
        int items = 0; ///< without what was adopted
        Digest first;  ///< the last one's
        Digest said;   ///< likewise
        Instant seen{};
        Instant dated{}; ///< by itself: later than `seen` where the clock was behind then
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
    seen.said = said_by(item);
    seen.dated = date_of(item);
    return seen;
}

/// Another name by which the same item is known from now on, with the one that it was `first` known by;
/// nothing: it is another bot's. Without a link: that one is noted already, and a link of two items
/// identifies neither.
SeenItem note_name(const IntakeQuery& query, const Item& item, const Digest& name,
                   const std::optional<Digest>& first) {
    ItemIdentity identity;
    identity.item = name;
    return note(query, item, identity, first ? verdict::name_of(*first) : std::string{verdict::other_name});
}

/// When it was due: now, but for what may have been posted by a life that the store does not know. Of that,
/// an item counts from its date, at the earliest from the last look that did not show it. (A look that
/// showed nothing at all did not show what it had shown before, either.)
Instant due_of(const IntakeQuery& query, const Item& item) {
    const AccountMemory& memory = query.memory;
    const std::optional<Instant> date = date_of(item);
    if (query.heard) { // looks say nothing of it: only its own date makes it one of the forgotten time
        const bool forgotten = date && (memory.knows_until || *date < memory.posted_until);
        return forgotten ? std::min(*date, query.now) : query.now;
    }
    Instant due = date ? std::max(*date, query.last_showing) : query.last_look;
    if (due == Instant{})
        due = memory.knows_until.value_or(query.now);
    const bool may_be_posted = memory.knows_until || due < memory.posted_until;
    return may_be_posted ? std::min(due, query.now) : query.now;
}

/// The post of an item, or the parts of its thread.
std::vector<Post> make_posts(const IntakeQuery& query, Instant due, const Item& item,
                             const ItemIdentity& identity, std::vector<Composed> composed) {
    Acceptance acceptance;
    acceptance.origin.kind = OriginKind::source;
    acceptance.origin.name = query.source.name;
    acceptance.origin.item = identity.item.hex();
    acceptance.identity = query.identity;
    acceptance.revision = query.source.edition;
    acceptance.priority = Priority::item;
    acceptance.now = query.now;
    acceptance.due = due;
    acceptance.expires = item.expires;
    std::vector<Post> posts = accept_thread(query.account, std::move(acceptance), std::move(composed));
    posts.front().link = identity.address;
    return posts;
}

/// Of one that has a time: it must be near, and not before the first look.
std::string judge_due(const IntakeQuery& query, const Item& item) {
    if (query.first_run || (query.first_look && *item.due < *query.first_look))
        return std::string{verdict::before_first_look};
    const bool over = item.expires && *item.expires <= query.now;
    if (over || query.now - *item.due > query.source.max_age.value_or(late_due))
        return verdict::because(verdict::too_late, "it was due " + to_rfc3339(*item.due));
    return {};
}

/// The same story from another source; null: there is none.
const Story* told_before(const IntakeQuery& query, const Item& item) {
    if (query.dedupe == nullptr)
        return nullptr;
    const ItemStory story = story_of(item);
    for (const Story& told : query.told)
        if (told.source != query.source.name && told.story != Digest{} &&
            ((query.dedupe->link && told.story == story.link) ||
             (query.dedupe->title && told.story == story.title)))
            return &told;
    return nullptr;
}

void add_stories(const IntakeQuery& query, const Item& item, std::vector<Story>& stories) {
    if (query.dedupe == nullptr)
        return;
    const ItemStory told = story_of(item);
    for (const Digest& digest : {told.link, told.title}) {
        if (digest == Digest{})
            continue;
        Story story;
        story.account = query.target.account;
        story.story = digest;
        story.source = query.source.name;
        story.told = query.now;
        stories.push_back(std::move(story));
    }
}

/// The verdict on one item that was not seen before; empty when it is to be posted.
std::string judge(const IntakeQuery& query, const Item& item) {
    const auto filtered = query.filter.judge(item);
    if (!filtered.pass)
        return verdict::because(verdict::filtered, filtered.why);
    if (item.due)
        return judge_due(query, item);
    if (query.rebased)
        return std::string{verdict::rebased};
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

StoryQuery story_query(const IntakeQuery& query, const std::vector<Item>& items) {
    StoryQuery stories;
    stories.account = query.target.account;
    if (query.dedupe == nullptr)
        return stories;
    stories.since = query.now - query.dedupe->within;
    for (const Item& item : items) {
        const ItemStory told = story_of(item);
        if (query.dedupe->link && told.link != Digest{})
            stories.stories.push_back(told.link);
        if (query.dedupe->title && told.title != Digest{})
            stories.stories.push_back(told.title);
    }
    return stories;
}

namespace {

/// One look, for one account.
class Look {
public:
    Look(const IntakeQuery& query, const std::vector<Item>& items,
         const std::vector<ItemIdentity>& identities, const std::vector<SeenItem>& seen)
        : query_(query)
        , items_(items)
        , identities_(identities)
        , memory_(seen)
        , may_post_(items.size()) {
        intake_.first_run = query.first_run;
        if (query.first_run && query.source.first_run.publish)
            may_post_ = static_cast<std::size_t>(std::max(*query.source.first_run.publish, 0));
    }

    Intake take() {
        // A first run that may publish some takes the newest.
        std::unordered_set<Digest> taken;
        taken.reserve(items_.size());
        intake_.seen.reserve(items_.size());
        for (const std::size_t i : newest_first(items_))
            if (taken.insert(identities_[i].item).second)
                take_item(i);
        leave_what_is_too_much();
        std::reverse(candidates_.begin(), candidates_.end());
        intake_.posts.reserve(candidates_.size());
        intake_.made.reserve(candidates_.size());
        Instant spaced = query_.spaced;
        for (Candidate& candidate : candidates_)
            accept_candidate(candidate, spaced);
        if (query_.source.spacing > Duration{})
            intake_.spaced = spaced;
        return std::move(intake_);
    }

private:
    struct Candidate {
        std::size_t place;
        std::vector<Composed> composed;
    };

    void take_item(std::size_t i) {
        const Item& item = items_[i];
        const ItemIdentity& identity = identities_[i];
        const bool adopted = memory_.was_adopted(identity, item);
        const bool known = memory_.has_item(identity);
        intake_.adopted += adopted && !item.gone && (query_.first_run || !known) ? 1U : 0U;
        may_post_ -= adopted && may_post_ > 0 ? 1U : 0U;
        if (known || item.gone) {
            heed_change(i);
            return;
        }
        if (adopted || (query_.source.links_tell && memory_.has_link(identity, item))) {
            heed_new_name(i);
            return;
        }
        if (query_.pushed && !is_news(item)) {
            intake_.stale = true;
            return;
        }
        ++intake_.fresh;
        std::string word = judge(query_, item);
        if (!word.empty()) {
            ++intake_.filtered;
        } else if (may_post_ == 0 && !newer_than_empty(query_, item)) {
            ++intake_.noted;
            word = verdict::first_run;
        } else if (const Story* story = told_before(query_, item)) {
            ++intake_.told;
            word = verdict::because(verdict::told, "by " + story->source + ", " + to_rfc3339(story->told));
        } else {
            std::vector<Composed> composed =
                compose_item(query_.source, query_.target, item, query_.zone, query_.now, query_.server);
            if (composed.front().drop.empty()) {
                may_post_ -= may_post_ > 0 ? 1U : 0U;
                candidates_.push_back(Candidate{i, std::move(composed)});
                return;
            }
            if (says_nothing(item)) { // yet: words may come under the same id
                --intake_.fresh;
                ++intake_.empty;
                return;
            }
            ++intake_.filtered;
            word = verdict::because(verdict::dropped, composed.front().drop);
        }
        note_item(i, std::move(word));
    }

    /// Came out since the last look, by its own word. What is older, and not known, that look did not show: a
    /// push of it may be from before the first one, or from before a backup was put back.
    [[nodiscard]] bool is_news(const Item& item) const {
        const std::optional<Instant> date = date_of(item);
        return date && *date > query_.last_look;
    }

    void note_item(std::size_t i, std::string word) {
        intake_.seen.push_back(note(query_, items_[i], identities_[i], std::move(word)));
        if (identities_[i].content_at_link != Digest{})
            intake_.seen.push_back(
                note_name(query_, items_[i], identities_[i].content_at_link, identities_[i].item));
    }

    /// Known by its link alone: ids that have all changed must not be strangers when the links change, too.
    void heed_new_name(std::size_t i) {
        if (query_.pushed) {
            intake_.stale = true;
            return;
        }
        const ItemIdentity& identity = identities_[i];
        const std::optional<Digest> first = memory_.only_with_link(identity);
        intake_.seen.push_back(note_name(query_, items_[i], identity.item, first));
        const Digest said = memory_.said_at_link(identity);
        if (first && said != Digest{} && said != said_by(items_[i]))
            heed(intake_.changed, i, *first);
    }

    /// Once for each item: one that is shown under its old name and a new one says one thing, the newest.
    void heed(std::vector<Known>& list, std::size_t i, const Digest& first) {
        if (heeded_.insert(first).second)
            list.push_back(Known{i, first});
    }

    /// Of one that is known: does it say something else, or nothing any more?
    void heed_change(std::size_t i) {
        const ItemIdentity& identity = identities_[i];
        const SeenItem* row = memory_.find(identity);
        if (query_.pushed) {
            intake_.stale =
                intake_.stale || items_[i].gone || (row != nullptr && row->said != said_by(items_[i]));
            return;
        }
        if (items_[i].gone) {
            if (row != nullptr)
                heed(intake_.gone, i, memory_.first_of(*row, identity));
            else if (query_.source.links_tell && memory_.has_link(identity, items_[i]))
                heed(intake_.gone, i, *memory_.only_with_link(identity));
            return;
        }
        if (row == nullptr)
            return;
        const Digest said = said_by(items_[i]);
        if (row->said == said)
            return;
        if (row->said != Digest{})
            heed(intake_.changed, i, memory_.first_of(*row, identity));
        SeenItem again = *row;
        again.said = said;
        intake_.seen.push_back(std::move(again));
    }

    /// The oldest come first; the others are as if they had not shown yet.
    void leave_what_is_too_much() {
        // Of a first run that publishes so many they are the newest, and no others come.
        if (!query_.source.per_look || (query_.first_run && query_.source.first_run.publish))
            return;
        const auto most = static_cast<std::size_t>(*query_.source.per_look);
        if (candidates_.size() <= most)
            return;
        intake_.left = candidates_.size() - most;
        intake_.fresh -= intake_.left;
        candidates_.erase(candidates_.begin(),
                          candidates_.begin() + static_cast<std::ptrdiff_t>(intake_.left));
    }

    void accept_candidate(Candidate& candidate, Instant& spaced) {
        const Item& item = items_[candidate.place];
        // Two of one look that tell the same are one story only across sources: here they are two items.
        const std::string& hold = candidate.composed.front().hold;
        std::string word =
            hold.empty() ? std::string{verdict::accepted} : verdict::because(verdict::held, hold);
        Instant due = item.due ? *item.due : due_of(query_, item) + query_.source.delay;
        if (query_.source.spacing > Duration{} && !item.due) {
            if (spaced != Instant{})
                due = std::max(due, spaced + query_.source.spacing);
            spaced = std::max(spaced, due);
        }
        std::vector<Post> posts =
            make_posts(query_, due, item, identities_[candidate.place], std::move(candidate.composed));
        add_stories(query_, item, intake_.stories);
        intake_.posts.push_back(std::move(posts.front()));
        std::move(posts.begin() + 1, posts.end(), std::back_inserter(intake_.parts));
        intake_.made.push_back(candidate.place);
        note_item(candidate.place, std::move(word));
    }

    const IntakeQuery& query_;
    const std::vector<Item>& items_;
    const std::vector<ItemIdentity>& identities_;
    Memory memory_;
    std::size_t may_post_;
    std::vector<Candidate> candidates_; ///< newest first
    std::unordered_set<Digest> heeded_; ///< known items whose change was noticed, by their first names
    Intake intake_;
};

} // namespace

Intake take_in(const IntakeQuery& query, const std::vector<Item>& items,
               const std::vector<ItemIdentity>& identities, const std::vector<SeenItem>& seen) {
    Intake intake = Look{query, items, identities, seen}.take();
    // That it is still in its feed: once a month, for that is a write.
    for (const SeenItem& row : seen) {
        if (row.shown > query.now - shown_anew)
            continue;
        SeenItem again = row;
        again.shown = query.now;
        again.said = Digest{};
        intake.seen.push_back(std::move(again));
    }
    return intake;
}

} // namespace crier::engine
