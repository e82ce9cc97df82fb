#include "engine/calendar.hpp"

#include "core/rates/table.hpp"
#include "core/text/length.hpp"
#include "engine/restraint.hpp"
#include "engine/schedule_preview.hpp"

#include <algorithm>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <utility>

namespace crier::engine {

namespace asio = boost::asio;

namespace {

/// Firings that one question reckons through, so that it does not hold up those that are due.
constexpr std::size_t most_firings = 50'000;

const ServerProfile& profile_on(const Engine& engine, const std::string& account) {
    static const ServerProfile unknown;
    const Lane* lane = engine.lane(account);
    return lane == nullptr ? unknown : lane->profile();
}

bool is_wanted(const CalendarQuery& query, const std::string& account, Instant due) {
    return (query.account.empty() || account == query.account) && due >= query.from && due < query.until;
}

CalendarRow row_of(const Engine& engine, Post post) {
    const ServerProfile& server = profile_on(engine, post.account);
    CalendarRow row;
    row.origin = post.origin;
    row.planned.nominal = row.planned.due = post.due;
    row.planned.what = post.origin.kind == OriginKind::manual ? std::string{} : post.origin.name;
    row.planned.account = post.account;
    row.planned.part = post.part + 1;
    row.planned.parts = post.parts;
    row.planned.post.content = post.content;
    row.planned.post.limit = server.max_characters;
    row.planned.post.length =
        text::status_length(post.content.status, post.content.spoiler_text, length_rules(server));
    row.planned.post.note = post.reason;
    row.post = std::move(post);
    return row;
}

CalendarRow row_of(Planned planned, OriginKind kind) {
    CalendarRow row;
    row.origin.kind = kind;
    row.origin.name = planned.what;
    row.planned = std::move(planned);
    return row;
}

/// Nobody asks a source or runs a command for a calendar.
std::string unasked(const EntrySettings& entry) {
    return entry.draw ? "its item is drawn from " + entry.draw->from + " when it is due"
                      : "its command is run for an item when it is due";
}

/// What the schedule is going to make, from now on.
class Ahead {
public:
    explicit Ahead(const Engine& engine)
        : engine_(engine)
        , standings_(engine.planner().standings())
        , preview_(
              engine.settings(),
              [&engine](const std::string& account) -> const ServerProfile& {
                  return profile_on(engine, account);
              },
              [this](const EntrySettings& entry) { return standings_[entry.name].fired; },
              [this](const schedule::Foreseen& foreseen, const schedule::Zone&,
                     std::int64_t) -> const FoundItem& {
                  found_.note = unasked(*foreseen.entry);
                  return found_;
              }) {}
    Ahead(const Ahead&) = delete;
    Ahead& operator=(const Ahead&) = delete;

    /// `page` has what the outbox had at that moment.
    void add_to(CalendarPage& page, const CalendarQuery& query, Instant asked) {
        for (const CalendarRow& row : page.rows)
            if (row.origin.kind == OriginKind::entry)
                taken_.insert(name_of(row.planned.account, row.origin.name, row.origin.item));
        const auto tables = [this](const std::string& account) -> const std::vector<rates::Rule>& {
            return rates::table_of(profile_on(engine_, account).software);
        };
        schedule::Forecast forecast{engine_.settings(), tables, asked, query.until};
        std::size_t firings = 0;
        std::size_t rows = 0;
        while (const auto foreseen = forecast.next()) {
            if (++firings > most_firings || rows > query.limit) {
                page.more = true;
                return;
            }
            Planner::Standing& standing = standings_[foreseen->entry->name];
            if (foreseen->nominal < standing.next) // counted by the planner, and by the forecast
                standing.fired = std::min(standing.fired, fired_at_start(*foreseen) - foreseen->number);
            if (is_taken(*foreseen, standing))
                continue;
            if (!is_wanted(query, foreseen->target->account, foreseen->due.value_or(foreseen->nominal)))
                continue;
            for (Planned& planned : preview_.posts(*foreseen)) {
                add_note(planned, standing);
                page.rows.push_back(row_of(std::move(planned), OriginKind::entry));
                ++rows;
            }
        }
    }

private:
    static std::string name_of(const std::string& account, const std::string& entry,
                               const std::string& item) {
        return account + '\n' + entry + '\n' + item;
    }

    /// What was fired while the outbox was asked is in neither, and counts as planned.
    [[nodiscard]] bool is_taken(const schedule::Foreseen& foreseen, const Planner::Standing& standing) const {
        if (foreseen.nominal < standing.next && foreseen.nominal > engine_.now() + Planner::head_start)
            return true;
        return taken_.count(
                   name_of(foreseen.target->account, foreseen.entry->name, to_rfc3339(foreseen.nominal))) > 0;
    }

    /// As the planner has it.
    std::int64_t fired_at_start(const schedule::Foreseen& foreseen) {
        return started_.try_emplace(foreseen.entry->name, standings_[foreseen.entry->name].fired)
            .first->second;
    }

    static void add_note(Planned& planned, const Planner::Standing& standing) {
        if (standing.paused)
            planned.left_out = "left out: its entry is paused";
        else if (standing.tripped && planned.post.hold.empty() && planned.left_out.empty())
            planned.post.hold = "its entry's fuse has tripped";
    }

    const Engine& engine_;
    std::unordered_map<std::string_view, Planner::Standing> standings_;
    std::unordered_map<std::string_view, std::int64_t> started_;
    std::unordered_set<std::string> taken_;
    FoundItem found_;
    SchedulePreview preview_;
};

/// Items that have their time. Each look at their source puts others in their place.
void add_items_ahead(CalendarPage& page, const Engine& engine, const CalendarQuery& query) {
    const schedule::Zone zone = schedule::Zone::find_or_utc(engine.settings().timezone);
    for (const auto& [source, item] : engine.waiting_items())
        for (const PostTarget& target : source->targets) {
            if (!is_wanted(query, target.account, *item.due) || page.rows.size() > query.limit * 2)
                continue;
            std::vector<Composed> parts =
                compose_item(*source, target, item, zone, *item.due, profile_on(engine, target.account));
            for (std::size_t i = 0; i < parts.size(); ++i) {
                Planned planned;
                planned.nominal = planned.due = *item.due;
                planned.what = source->name;
                planned.account = target.account;
                planned.zone = zone;
                planned.restraint = restraint_of(engine.settings(), target.account, &source->approval);
                planned.part = static_cast<int>(i) + 1;
                planned.parts = static_cast<int>(parts.size());
                planned.post = std::move(parts[i]);
                if (target.filter)
                    planned.post.note += (planned.post.note.empty() ? "" : "; ") +
                                         std::string{"if its source's filter lets it through"};
                page.rows.push_back(row_of(std::move(planned), OriginKind::source));
            }
        }
}

} // namespace

asio::awaitable<Result<CalendarPage>> calendar_of(Engine& engine, CalendarQuery query) {
    if (const Result<> can = engine.ready(); !can)
        co_return can.error();
    AgendaQuery waits;
    waits.from = query.from;
    waits.until = query.until;
    waits.limit = query.limit + 1;
    for (const auto& [name, account] : engine.settings().accounts)
        if (query.account.empty() || name == query.account)
            waits.accounts.push_back(name);
    const Instant asked = engine.now();
    Result<std::vector<Post>> posts = co_await engine.store().agenda(std::move(waits));
    if (!posts)
        co_return posts.error();
    // Nothing is waited for from here on: the planner and the settings stay as they are.
    CalendarPage page;
    for (Post& post : *posts)
        page.rows.push_back(row_of(engine, std::move(post)));
    if (query.until > asked) {
        Ahead{engine}.add_to(page, query, asked);
        add_items_ahead(page, engine, query);
    }
    std::stable_sort(page.rows.begin(), page.rows.end(), [](const CalendarRow& a, const CalendarRow& b) {
        return a.planned.due < b.planned.due;
    });
    if (page.rows.size() > query.limit) {
        page.rows.resize(query.limit);
        page.more = true;
    }
    co_return page;
}

} // namespace crier::engine
