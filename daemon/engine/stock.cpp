#include "engine/stock.hpp"

#include "core/identity.hpp"
#include "engine/tidy.hpp"

#include <set>
#include <utility>

namespace crier::engine {

Stock::Stock(std::vector<Item> all, const SourceSettings& source, const CompiledFilter& filter) {
    tidy(all, source);
    const std::vector<ItemIdentity> known_by = identify_all(all, source.identify_by);
    std::set<Digest> known;
    for (std::size_t i = 0; i < all.size(); ++i) {
        if (!known.insert(known_by[i].item).second || !filter.judge(all[i]).pass)
            continue;
        items.push_back(std::move(all[i]));
        identities.push_back(known_by[i].item);
    }
}

DrawnMarks marks_by_entry(const std::vector<DrawnItem>& drawn) {
    DrawnMarks marks;
    for (const DrawnItem& one : drawn)
        marks[one.entry].emplace(one.item, one.mark);
    return marks;
}

DrawnFrom draw_from(const Stock& stock, const EntrySettings& entry, const schedule::Zone& zone,
                    Instant nominal, const draw::Marks& marks, const WhyNot& why_not) {
    const Draw& rules = *entry.draw;
    std::vector<draw::Candidate> candidates;
    for (std::size_t i = 0; i < stock.items.size(); ++i) {
        const Item& item = stock.items[i];
        candidates.push_back({stock.identities[i], item.weight,
                              rules.date == DrawDate::published ? item.published : item.updated});
    }
    draw::Occasion occasion;
    occasion.due = nominal;
    occasion.zone = zone;
    occasion.seed =
        Digester{}.field("draw").field(entry.name).field(nominal.time_since_epoch().count()).finish();
    DrawnFrom drawn;
    drawn.choice = draw::choose(rules, candidates, marks, occasion, [&](std::size_t index) {
        const std::string why = why_not(stock.items[index]);
        if (!why.empty())
            drawn.note = why;
        return !why.empty();
    });
    return drawn;
}

} // namespace crier::engine
