#include "simulation/agenda_judge.hpp"

#include <algorithm>
#include <cstdio>
#include <iterator>
#include <set>
#include <sstream>

namespace crier::sim {

using namespace std::chrono_literals;

namespace {

/// From a moment at which nothing stands in the way until the row is in the outbox: programs take 40 seconds.
constexpr Duration prompt = 2min;

/// "2026-03-29T03:00:00+0200"
std::optional<Instant> read_stamp(const std::string& text) {
    int year = 0;
    unsigned month = 0;
    unsigned day = 0;
    int hour = 0;
    int minute = 0;
    int second = 0;
    char sign = '+';
    int zone = 0;
    if (std::sscanf(text.c_str(), "%d-%u-%uT%d:%d:%d%c%4d", &year, &month, &day, &hour, &minute, &second,
                    &sign, &zone) != 8)
        return std::nullopt;
    const Duration offset = std::chrono::hours{zone / 100} + std::chrono::minutes{zone % 100};
    const std::chrono::sys_days date{std::chrono::year{year} / static_cast<int>(month) /
                                     static_cast<int>(day)};
    return Instant{date} + std::chrono::hours{hour} + std::chrono::minutes{minute} +
           std::chrono::seconds{second} - (sign == '-' ? -offset : offset);
}

/// Is the rule of the kind the same under both?
bool same_rule(Kind kind, const Changes& a, const Changes& b) {
    const auto same = [&](Change change) { return has(a, change) == has(b, change); };
    return (kind != Kind::cron_fixed || same(Change::agenda_rule_changed)) &&
           (kind != Kind::dated || same(Change::agenda_exception));
}

} // namespace

AgendaJudge::AgendaJudge(const Simulation& run)
    : run_(run)
    , almanac_(run.plan_.agenda, run.plan_.start, run.plan_.start + run.plan_.length) {
    obstructions_of_the_run();
}

void AgendaJudge::wrong(Kind kind, const std::string& what) {
    wrong_.push_back(std::string{to_text(kind)} + ": " + what);
}

void AgendaJudge::obstructions_of_the_run() {
    const auto add = [&](Instant from, Instant to) {
        obstructions_.push_back({from, to == Instant::max() ? to : to + prompt});
    };
    for (const auto& down : run_.downs_)
        add(down.from, down.to);
    for (const auto& pause : run_.entry_pauses_)
        add(pause.from, pause.to);
    if (run_.forgotten_) // what is accepted then is accepted anew
        add(run_.forgotten_->from, run_.forgotten_->to);
    for (const Fault& fault : run_.plan_.faults)
        if (fault.kind == FaultKind::store_full || fault.kind == FaultKind::store_slow)
            add(run_.plan_.start + fault.at, run_.plan_.start + fault.at + fault.length);
}

/// When it must have been accepted, for nothing has stood in the way for long enough.
Instant AgendaJudge::surely_by(Kind kind, Instant when) const {
    Instant by = when + prompt;
    const auto wait_for = [&](const Errands::Span& span) {
        const bool waits = span.from <= by && by < span.to;
        by = waits ? span.to : by;
        return waits;
    };
    for (bool waited = true; waited;) {
        waited = false;
        for (const Errands::Span& span : obstructions_)
            waited = wait_for(span) || waited;
        if (fact_of(kind).waits())
            for (const Errands::Span& span : run_.errands_.troubles())
                waited = wait_for({span.from, span.to + prompt}) || waited;
    }
    return by;
}

AgendaJudge::Rows AgendaJudge::rows_of(Kind kind, std::size_t account) {
    const std::string begin = std::string{to_text(kind)} + "@";
    Rows rows;
    for (const Post& post : run_.store_.tables().posts()) {
        if (post.account != account_name(account) || !post.content.status.starts_with(begin))
            continue;
        std::istringstream words{post.content.status.substr(begin.size())};
        std::string stamp;
        Row row;
        words >> stamp >> row.counter >> row.word;
        row.post = &post;
        row.made = post.code != ReasonCode::missed;
        const std::optional<Instant> when = read_stamp(stamp);
        if (!when || to_rfc3339(*when) != post.origin.item)
            wrong(kind, "says " + stamp + ", and is for " + post.origin.item);
        else
            rows.emplace(*when, std::move(row));
    }
    return rows;
}

std::vector<AgendaJudge::Reign> AgendaJudge::reigns_of(Kind kind) const {
    std::vector<Reign> reigns;
    for (const auto& regime : run_.regimes_) {
        if (!reigns.empty() && same_rule(kind, reigns.back().made, regime.made))
            continue;
        if (!reigns.empty())
            reigns.back().to = regime.begun;
        Reign reign;
        reign.from = regime.begun;
        reign.made = regime.made;
        reigns.push_back(reign);
    }
    return reigns;
}

/// Is there a reason for it that the world knows?
bool AgendaJudge::may_be_passed_over(Kind kind, Instant when, Instant by) const {
    const KindFact& fact = fact_of(kind);
    if (!fact.catches_up && by - when > 50min)
        return true; // told of by the row of the last one that was missed
    if (kind == Kind::quiet_skip && almanac_.is_quiet(when))
        return true;
    if (fact.asks && !Errands::is_open(when))
        return true;
    const auto& empty = run_.errands_.found_empty();
    return (fact.draws || fact.runs) && std::any_of(empty.begin(), empty.end(), [&](Instant found) {
               return found >= when - hat_poll - prompt && found <= by + prompt;
           });
}

void AgendaJudge::all_were_accepted(Kind kind, const Rows& rows) {
    const Instant end = run_.plan_.start + run_.plan_.length;
    for (const Reign& reign : reigns_of(kind)) {
        // Until the change is durable, a death makes it a change once more.
        const Instant since = surely_by(kind, reign.from);
        for (const Instant when : almanac_.firings(kind, reign.made)) {
            if (when <= since || when >= std::min(reign.to, end) || rows.count(when) > 0)
                continue;
            const Instant by = surely_by(kind, when);
            // A new rule's moments count from the reload: what the old one had not made by then is gone.
            if (by >= reign.to || by > end + 5h || run_.forgets(when))
                continue;
            if (!may_be_passed_over(kind, when, by))
                wrong(kind, "LOST: " + to_rfc3339(when) + " was never accepted");
        }
    }
}

void AgendaJudge::nothing_else_was(Kind kind, const Rows& rows) {
    const std::vector<Reign> reigns = reigns_of(kind);
    std::map<Instant, std::set<Instant>> firings;
    for (const Reign& reign : reigns)
        firings.emplace(reign.from, almanac_.firings(kind, reign.made));
    for (const auto& [when, row] : rows) {
        const Instant created = row.post->created;
        const auto reign = std::find_if(reigns.rbegin(), reigns.rend(),
                                        [&](const Reign& one) { return one.from <= created; });
        if (when > run_.plan_.start + run_.plan_.length)
            continue; // of the aftermath
        if (reign == reigns.rend() || firings[reign->from].count(when) == 0)
            wrong(kind, "it does not fire at " + to_rfc3339(when));
        else if (when < reign->from && !run_.forgets(when)) // a backup may not know of it
            wrong(kind, to_rfc3339(when) + " is from before the reload");
        else if (when > created + (fact_of(kind).waits() ? Duration::zero() : head_start))
            wrong(kind, to_rfc3339(when) + " was accepted before it was due");
        if (row.made && fact_of(kind).asks && !Errands::is_open(when))
            wrong(kind, "REFUSED, and made: " + to_rfc3339(when));
        if (kind == Kind::quiet_skip && almanac_.is_quiet(when))
            wrong(kind, "QUIET, and made: " + to_rfc3339(when));
    }
}

void AgendaJudge::leave_when_they_should(Kind kind, const Rows& rows) {
    if (std::any_of(run_.plan_.faults.begin(), run_.plan_.faults.end(),
                    [](const Fault& fault) { return fault.kind == FaultKind::person; }))
        return; // who may have moved it
    for (const auto& [when, row] : rows) {
        const bool moved = kind == Kind::quiet_move && almanac_.is_quiet(when);
        const Instant least = moved ? almanac_.end_of_quiet(when) : when;
        if (row.post->due < least || row.post->due > least + fact_of(kind).jitter)
            wrong(kind, to_rfc3339(when) + " leaves at " + to_rfc3339(row.post->due));
    }
}

void AgendaJudge::numbers_rise(Kind kind, const Rows& rows) {
    std::int64_t count = 0;
    const bool takes_turns = kind == Kind::turns || kind == Kind::quiet_skip;
    for (const auto& [when, row] : rows) {
        if (!row.made)
            continue;
        if (row.counter != ++count) {
            wrong(kind, "A GAP: " + to_rfc3339(when) + " is number " + std::to_string(row.counter) +
                            ", and should be " + std::to_string(count));
            return;
        }
        const char* turn = count % 3 == 2 ? "second" : count % 3 == 0 ? "third" : "";
        if (takes_turns && row.word != turn && row.word != "now") // as a person edits
            wrong(kind, "OUT OF TURN: number " + std::to_string(count) + " says \"" + row.word + "\"");
    }
}

/// Of those that the hat has all the time, each comes once a round, in turn from the oldest on.
void AgendaJudge::draws_obey(Kind kind, const Rows& rows) {
    const std::vector<std::string>& names = Errands::always_there();
    const bool turn = kind == Kind::draw_turn &&
                      std::none_of(run_.regimes_.begin(), run_.regimes_.end(), [](const auto& regime) {
                          return has(regime.made, Change::agenda_order_changed);
                      });
    std::map<std::string, std::size_t> times;
    std::map<std::string, Instant> last;
    std::string before;
    std::size_t count = 0;
    for (const auto& [when, row] : rows) {
        if (!row.made)
            continue;
        if (row.word == std::exchange(before, row.word) && kind != Kind::draw_again)
            wrong(kind, "TWICE IN A ROW: " + row.word + " at " + to_rfc3339(when));
        if (kind == Kind::draw_again && last.count(row.word) > 0 && when - last[row.word] < not_again_within)
            wrong(kind, "TOO SOON: " + row.word + " again at " + to_rfc3339(when));
        last[row.word] = when;
        if (std::find(names.begin(), names.end(), row.word) == names.end())
            continue;
        if (turn && row.word != names[count % names.size()])
            wrong(kind, "OUT OF TURN: " + row.word + " at " + to_rfc3339(when));
        // Who comes for the n-th time comes in the n-th round.
        if (kind != Kind::draw_again && times[row.word]++ != count / names.size())
            wrong(kind, "TWICE IN A ROUND: " + row.word + " at " + to_rfc3339(when));
        ++count;
    }
}

/// A mark without its post, or a post without its mark, were not one transaction.
void AgendaJudge::marks_are_of_posts(Kind kind, const Rows& rows) {
    std::map<std::string, Instant> last;
    for (const auto& [when, row] : rows)
        if (row.made)
            last[row.word] = when;
    std::multiset<Instant> posts;
    for (const auto& [word, when] : last)
        posts.insert(when);
    std::multiset<Instant> marks;
    for (const DrawnItem& drawn : run_.store_.tables().states().drawn)
        if (drawn.entry == entry_name(kind, run_.regimes_.back().made))
            marks.insert(drawn.mark.last);
    if (posts != marks)
        wrong(kind, "APART: " + std::to_string(marks.size()) + " items are marked as drawn, and " +
                        std::to_string(posts.size()) + " were posted; or at other times");
}

void AgendaJudge::shares_are_kept() {
    const std::set<Instant> firings = almanac_.firings(Kind::spread_random, Changes{});
    for (const auto& [from, to] : almanac_.shares_of_nights()) {
        const auto in_it =
            std::count_if(firings.begin(), firings.end(),
                          [&, from = from, to = to](Instant when) { return from <= when && when < to; });
        if (in_it != 1)
            wrong(Kind::spread_random,
                  std::to_string(in_it) + " in the share of the night from " + to_rfc3339(from));
    }
}

void AgendaJudge::entry(Kind kind, std::size_t account) {
    Rows rows = rows_of(kind, account);
    all_were_accepted(kind, rows);
    nothing_else_was(kind, rows);
    leave_when_they_should(kind, rows);
    numbers_rise(kind, rows);
    if (!fact_of(kind).draws)
        return;
    draws_obey(kind, rows);
    marks_are_of_posts(kind, rows);
}

std::vector<std::string> AgendaJudge::judge() {
    // While the clock is wrong, what is due is a question of taste.
    if (run_.clock_was_set_)
        return {};
    for (std::size_t i = 0; i < kinds; ++i)
        if (run_.plan_.agenda.has[i])
            for (const std::size_t account : fact_of(static_cast<Kind>(i)).accounts)
                entry(static_cast<Kind>(i), account);
    if (run_.plan_.agenda.has_kind(Kind::spread_random))
        shares_are_kept();
    return std::move(wrong_);
}

} // namespace crier::sim
