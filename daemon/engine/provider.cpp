#include "engine/provider.hpp"

#include "core/text/plain.hpp"

#include <algorithm>
#include <array>
#include <set>

namespace crier::engine {

namespace asio = boost::asio;

namespace {

using std::chrono::hours;
using std::chrono::minutes;
using std::chrono::seconds;

/// Between tries; the last one for all that follow.
constexpr std::array<seconds, 5> pauses{seconds{10}, seconds{30}, minutes{1}, minutes{2}, minutes{5}};

/// After so many tries a person is told.
constexpr int tell_after = 3;

/// What was drawn of an item that has left its source is remembered so long: it may come back.
constexpr Duration remember_gone = hours{24 * 400};

/// Of a program's words.
std::string first_line(std::string_view text) {
    return text::first_graphemes(text::one_line(text.substr(0, text.find('\n'))), 200);
}

/// The last codes are those of shells that cannot run something, and of signals.
constexpr int last_no = 125;

} // namespace

Provider::Provider(Configuration whole, const EntrySettings& entry, World& world, Alerts& alerts,
                   WhyNotThen why_not, std::function<void()> ready)
    : entry_(std::move(whole), entry)
    , source_(source_of(entry_.whole(), entry))
    , world_(world)
    , alerts_(alerts)
    , why_not_(std::move(why_not))
    , ready_(std::move(ready))
    , zone_(schedule::Zone::find_or_utc(entry.timezone))
    , alarm_(world.clock.make_alarm()) {}

bool Provider::serves(const EntrySettings& other, const SourceSettings* source) const {
    const bool same_source =
        source_ == nullptr || source == nullptr ? source_ == source : *source_ == *source;
    return same_source && rule_text(*entry_) == rule_text(other) && entry_->draw == other.draw &&
           entry_->only_if == other.only_if && entry_->timezone == other.timezone;
}

void Provider::follow(Configuration whole, const EntrySettings& entry, WhyNotThen why_not,
                      std::function<void()> ready) {
    entry_.follow(std::move(whole), entry);
    why_not_ = std::move(why_not);
    ready_ = std::move(ready);
    if (!asked_) // else it may rest between two tries, and that is not to be cut short
        alarm_->ring();
}

void Provider::begin(draw::Marks marks) {
    marks_ = std::move(marks);
}

void Provider::ask(schedule::Due due, Instant now) {
    Provision asked;
    asked.due = std::move(due);
    asked.asked = now;
    asked_ = std::move(asked);
    alarm_->ring();
}

void Provider::stop() {
    stopping_ = true;
    alarm_->ring();
}

void Provider::commit(const Provision& provision) {
    for (const DrawnItem& drawn : provision.drawn)
        marks_.insert_or_assign(drawn.item, drawn.mark);
    for (const DrawnItem& gone : provision.gone)
        marks_.erase(gone.item);
}

asio::awaitable<void> Provider::run() {
    while (!stopping_) {
        if (entry_.take_up())
            source_ = source_of(entry_.whole(), *entry_);
        if (!asked_) {
            co_await alarm_->wait();
            continue;
        }
        Provision made = *asked_;
        for (int tries = 0; !stopping_; ++tries) {
            const Result<> had = co_await attempt(made);
            if (had || stopping_)
                break;
            trouble(had.error(), tries);
            if (!patient(made)) {
                made.failure = had.error();
                break;
            }
            co_await alarm_->wait_for(
                pauses.at(std::min<std::size_t>(static_cast<std::size_t>(tries), pauses.size() - 1)));
        }
        if (!stopping_)
            finish(std::move(made));
    }
}

asio::awaitable<Result<>> Provider::provide() {
    if (!asked_)
        co_return Result<>{};
    Provision made = *asked_;
    const Result<> had = co_await attempt(made);
    if (!had) {
        trouble(had.error(), tell_after);
        if (patient(made)) {
            asked_.reset(); // the next run tries again
            co_return had;
        }
        made.failure = had.error();
    }
    finish(std::move(made));
    co_return Result<>{};
}

void Provider::finish(Provision made) {
    if (made.empty) {
        troubled_ = true;
        alerts_.raise(AlertKind::source_down, "entry:" + entry_->name, entry_->name + ": " + made.note,
                      "put something new there, or change its `draw`");
    } else if (!made.failure && std::exchange(troubled_, false)) {
        alerts_.clear(AlertKind::source_down, "entry:" + entry_->name);
        world_.log.info("entry.recovered", entry_->name + ": what it needs can be had again",
                        {{"entry", entry_->name}});
    }
    asked_.reset();
    made_ = std::move(made);
    ready_();
}

/// May the newest of them still be late?
bool Provider::patient(const Provision& made) const {
    if (made.due.fire.empty())
        return false;
    return world_.clock.now() - made.due.fire.back() < schedule::latest_by(entry_->missed);
}

void Provider::trouble(const Failure& failure, int tries) {
    if (!std::exchange(troubled_, true) || tries >= tell_after)
        world_.log.warning("entry.failed",
                           entry_->name + ": " + failure.message +
                               (failure.hint.empty() ? "" : ". " + failure.hint),
                           {{"entry", entry_->name}});
    if (tries >= tell_after)
        alerts_.raise(AlertKind::source_down, "entry:" + entry_->name,
                      entry_->name + " is due and cannot be posted: " + failure.message, failure.hint);
}

asio::awaitable<Result<>> Provider::attempt(Provision& made) {
    made.items.assign(made.due.fire.size(), std::nullopt);
    made.drawn.clear();
    made.gone.clear();
    made.note.clear();
    if (made.due.fire.empty())
        co_return Result<>{};
    if (entry_->only_if) {
        if (Result<> asked = co_await ask_condition(made); !asked || made.refused)
            co_return asked;
    }
    if (source_ == nullptr)
        co_return Result<>{};
    if (Result<> looked = co_await look(); !looked)
        co_return looked;
    if (entry_->draw)
        draw(made);
    else
        choose(made);
    co_return Result<>{};
}

asio::awaitable<Result<>> Provider::ask_condition(Provision& made) {
    if (world_.commands == nullptr)
        co_return Failure{Cause::unsupported, "its condition is a command, and none can be run here"};
    ProgramRun program;
    program.arguments = entry_->only_if->command;
    program.timeout = entry_->only_if->timeout;
    program.environment = {"CRIER_ENTRY=" + entry_->name, "CRIER_DUE=" + to_rfc3339(made.due.fire.back())};
    const std::string name = program.arguments.front();
    const Result<ProgramEnd> end = co_await world_.commands->run(std::move(program));
    if (!end)
        co_return Failure{end.error().cause, "its condition: " + end.error().message, end.error().hint};
    const std::string words = first_line(end->errors.empty() ? end->output : end->errors);
    if (end->late)
        co_return Failure{Cause::temporary,
                          "its condition, " + name + ", took longer than " +
                              to_text(entry_->only_if->timeout),
                          "give it more time: only_if: {timeout: ...}"};
    if (end->code > last_no)
        co_return Failure{Cause::temporary,
                          "its condition, " + name + ", ended with " + std::to_string(end->code) +
                              (words.empty() ? "" : ": " + words),
                          "0 says yes, 1 to " + std::to_string(last_no) + " say no"};
    made.refused = end->code != 0;
    if (made.refused)
        made.note =
            "its condition said no (" + std::to_string(end->code) + ")" + (words.empty() ? "" : ": " + words);
    co_return Result<>{};
}

/// A command is run each time; a source is looked at as often as it allows, and what it had then serves in
/// between, and while it cannot be read.
asio::awaitable<Result<>> Provider::look() {
    const bool drawn = entry_->draw.has_value();
    const Instant now = world_.clock.now();
    // A time that is further ahead was reckoned on a clock that stood in the future.
    const Duration farthest = std::max<Duration>(source_->poll, hours{24}) + hours{24};
    if (drawn && now < fresh_until_ && fresh_until_ - now <= farthest)
        co_return Result<>{};
    Result<> fetched = co_await fetch(now);
    if (!fetched && drawn && !stock_.items.empty()) {
        world_.log.warning("entry.stale",
                           entry_->name + ": drawn from what " + source_->name +
                               " had before: " + fetched.error().message,
                           {{"entry", entry_->name}});
        co_return Result<>{};
    }
    co_return fetched;
}

Result<> Provider::open() {
    if (port_)
        return {};
    auto filter = CompiledFilter::compile(source_->filter ? *source_->filter : Filter{});
    if (!filter)
        return filter.error();
    auto port = world_.source(*source_, {});
    if (!port)
        return port.error();
    filter_ = std::move(*filter);
    port_ = std::move(*port);
    return {};
}

asio::awaitable<Result<>> Provider::fetch(Instant now) {
    if (Result<> opened = open(); !opened)
        co_return opened;
    std::string cursor;
    if (entry_->draw)
        cursor = cursor_;
    Result<SourceYield> yield = co_await port_->poll(std::move(cursor));
    if (!yield)
        co_return yield.error();
    if (yield->trouble)
        co_return *yield->trouble;
    if (yield->gone)
        co_return Failure{Cause::not_found, source_->name + " is gone for good (410)",
                          "give it another `url`, or draw from another source"};
    for (const std::string& warning : yield->warnings)
        world_.log.warning("entry.warned", entry_->name + ": " + warning, {{"entry", entry_->name}});
    cursor_ = std::move(yield->cursor);
    const Duration pause = std::max<Duration>(source_->poll, yield->wait.value_or(Duration{}));
    fresh_until_ = next_step(yield->rule, now, now + pause);
    if (yield->unchanged)
        co_return Result<>{};
    stock_ = Stock{std::move(yield->items), *source_, *filter_};
    co_return Result<>{};
}

/// Of what the command wrote the first that a post can be made of; the same for all that are due.
void Provider::choose(Provision& made) {
    if (stock_.items.empty())
        made.note = "its command yielded nothing";
    for (std::size_t i = 0; i < made.due.fire.size(); ++i)
        for (const Item& item : stock_.items) {
            const std::string why = why_not_(item, made.due.fire[i]);
            if (why.empty()) {
                made.items[i] = item;
                break;
            }
            made.note = why;
        }
}

void Provider::draw(Provision& made) {
    draw::Marks marks = marks_;
    for (std::size_t i = 0; i < made.due.fire.size(); ++i) {
        const Instant nominal = made.due.fire[i];
        const DrawnFrom drawn = draw_from(stock_, *entry_, zone_, nominal, marks,
                                          [&](const Item& item) { return why_not_(item, nominal); });
        if (drawn.choice) {
            const Digest& item = stock_.identities[drawn.choice->index];
            made.items[i] = stock_.items[drawn.choice->index];
            marks.insert_or_assign(item, drawn.choice->mark);
            made.drawn.push_back({entry_->name, item, drawn.choice->mark});
            continue;
        }
        made.note =
            "there is nothing to draw from " + source_->name + (drawn.note.empty() ? "" : ": " + drawn.note);
        made.empty = entry_->draw->when_empty == WhenEmpty::alert;
    }
    forget(made);
}

void Provider::forget(Provision& made) const {
    if (stock_.items.empty() || made.due.fire.empty())
        return;
    const Duration longest =
        std::max<Duration>(remember_gone, entry_->draw->repeat_after.value_or(Duration{}));
    const Instant before = made.due.fire.back() - longest;
    const std::set<Digest> present{stock_.identities.begin(), stock_.identities.end()};
    for (const auto& [item, mark] : marks_)
        if (mark.last < before && present.count(item) == 0)
            made.gone.push_back({entry_->name, item, mark});
}

} // namespace crier::engine
