#include "engine/move_in.hpp"

#include "core/address.hpp"
#include "core/text/plain.hpp"
#include "engine/verdict.hpp"

#include <algorithm>
#include <unordered_set>
#include <utility>

namespace crier::engine {
namespace {

/// How long after its date an item may come out: as engine/intake has it.
constexpr Duration out_late = std::chrono::hours{24};

std::optional<Instant> dated(const Item& item) {
    return item.published ? item.published : item.updated;
}

/// The record's ids, and what is a link among them in the form in which links are compared.
class RecordBook {
public:
    explicit RecordBook(const PostedRecord& record)
        : ids_(record.ids) {
        for (const std::string& id : record.ids)
            if (is_http(id))
                links_.insert(canonical_link(id));
    }
    [[nodiscard]] bool has(const Item& item) const {
        const std::string id = text::strip(item.id);
        return (!id.empty() && ids_.count(id) > 0) || (is_http(id) && links_.count(canonical_link(id)) > 0) ||
               (id.empty() && !item.link.empty() && links_.count(canonical_link(item.link)) > 0);
    }

private:
    const std::set<std::string>& ids_;
    std::unordered_set<std::string> links_;
};

class MovingIn {
public:
    MovingIn(const std::string& source, const std::string& account, const PostedRecord& record, Instant now)
        : source_(source)
        , account_(account)
        , record_(record)
        , now_(now) {
        moved_.first_run.source = source;
        moved_.first_run.account = account;
        moved_.first_run.since = std::min(record.until, now);
    }

    MovedIn run(const std::vector<Item>& items, const std::vector<ItemIdentity>& identities) {
        const RecordBook book{record_};
        const bool feed_is_known =
            std::any_of(items.begin(), items.end(), [&](const Item& item) { return book.has(item); });
        for (std::size_t i = 0; i < items.size(); ++i) {
            const Item& item = items[i];
            if (item.gone)
                continue;
            if (record_.by_date ? is_before(item) : book.has(item)) {
                ++moved_.posted;
                note(item, identities[i], "by " + record_.by);
            } else if (!record_.by_date && !is_next(item, i, feed_is_known)) {
                ++moved_.old;
                note(item, identities[i], "older than what " + record_.by + " looked at last");
            } else {
                moved_.left.push_back(i);
            }
        }
        for (const std::string& id : record_.ids)
            note_id(id);
        return std::move(moved_);
    }

private:
    /// What has no date was never posted by date, and is nothing new either.
    [[nodiscard]] bool is_before(const Item& item) const {
        const std::optional<Instant> date = dated(item);
        return !date || *date <= record_.until;
    }

    [[nodiscard]] bool is_next(const Item& item, std::size_t place, bool feed_is_known) const {
        if (record_.newest && place >= *record_.newest)
            return false;
        const std::optional<Instant> date = dated(item);
        return date ? *date >= record_.until - out_late : feed_is_known;
    }

    void note(const Item& item, const ItemIdentity& identity, const std::string& why) {
        SeenItem seen;
        seen.source = source_;
        seen.account = account_;
        seen.item = identity.item;
        seen.link = identity.link;
        seen.title = item.title;
        seen.address = item.link;
        seen.verdict = verdict::because(verdict::adopted, why);
        seen.seen = now_;
        seen.shown = now_;
        seen.said = said_by(item);
        seen.dated = dated(item);
        add(std::move(seen));
        if (identity.content_at_link != Digest{}) {
            SeenItem other = moved_.seen.back();
            other.item = identity.content_at_link;
            other.link = Digest{};
            other.verdict = verdict::name_of(identity.item);
            add(std::move(other));
        }
    }

    /// One that its feed does not show now may come back: by its id, and where that is a link, by that.
    void note_id(const std::string& id) {
        Item by_id;
        by_id.id = id;
        Item by_link;
        if (is_http(id))
            by_link.link = id;
        for (const Item* item : {&by_id, &by_link}) {
            if (item->id.empty() && item->link.empty())
                continue;
            const ItemIdentity identity = identify(*item);
            SeenItem seen;
            seen.source = source_;
            seen.account = account_;
            seen.item = identity.item;
            seen.link = identity.link;
            seen.title = text::first_graphemes(text::one_line(id), 300);
            seen.address = item->link;
            seen.verdict = verdict::because(verdict::adopted, "by " + record_.by);
            seen.seen = record_.until;
            seen.shown = now_;
            add(std::move(seen));
        }
    }

    void add(SeenItem seen) {
        if (known_.insert(seen.item).second)
            moved_.seen.push_back(std::move(seen));
    }

    const std::string& source_;
    const std::string& account_;
    const PostedRecord& record_;
    Instant now_;
    std::unordered_set<Digest> known_;
    MovedIn moved_;
};

} // namespace

MovedIn move_in(const std::string& source, const std::string& account, const std::vector<Item>& items,
                const std::vector<ItemIdentity>& identities, const PostedRecord& record, Instant now) {
    return MovingIn{source, account, record, now}.run(items, identities);
}

} // namespace crier::engine
