#include "commands/calendar_file.hpp"
#include "commands/commands.hpp"
#include "commands/known_servers.hpp"
#include "commands/media_notes.hpp"
#include "commands/planned.hpp"
#include "commands/preview_items.hpp"
#include "commands/preview_sources.hpp"
#include "commands/table.hpp"
#include "core/schedule/forecast.hpp"

#include <algorithm>
#include <map>
#include <ostream>
#include <utility>

namespace crier::commands {

namespace {

/// Prints what is planned in the form that was asked for.
class Printer {
public:
    Printer(const Invocation& call, const PreviewOptions& options, Instant now)
        : call_(call) {
        if (options.ics)
            file_.emplace(call.out, now);
        else if (options.table)
            table_.emplace(std::vector<std::string>{"WHEN", "ENTRY", "ACCOUNT", "LENGTH", "TEXT", "NOTE"});
    }

    void print(const Planned& planned) {
        ++count_;
        if (file_)
            file_->add(planned);
        else if (table_)
            table_->add(row(planned));
        else
            print_planned(call_, planned);
    }

    void end() {
        if (file_)
            file_->end();
        else if (table_ && count_ > 0)
            table_->print(call_.out);
    }

    [[nodiscard]] std::size_t count() const { return count_; }

private:
    static std::vector<std::string> row(const Planned& planned) {
        return {local_text(planned.leaves.value_or(planned.due), planned.zone),
                planned.what + (planned.parts > 1
                                    ? " " + std::to_string(planned.part) + "/" + std::to_string(planned.parts)
                                    : ""),
                planned.account,
                std::to_string(planned.post.length) + "/" + std::to_string(planned.post.limit),
                one_line(planned.post.content.status, 50),
                one_line(note_of(planned), 60)};
    }

    const Invocation& call_;
    std::optional<CalendarFile> file_;
    std::optional<Table> table_;
    std::size_t count_ = 0;
};

/// Posts of the schedule, one after the other.
class SchedulePreview {
public:
    SchedulePreview(const Invocation& call, const Settings& settings, const PreviewOptions& options,
                    const std::optional<States>& known, const KnownServers& servers)
        : servers_(servers)
        , items_(call, settings, known, servers, options.online) {
        if (known)
            for (const EntryState& state : known->entries)
                counters_.emplace(state.entry, state.counter);
    }

    void print(const schedule::Foreseen& foreseen, Printer& printer) {
        const EntrySettings& entry = *foreseen.entry;
        const schedule::Zone zone = schedule::Zone::find_or_utc(entry.timezone);
        const auto fired = counters_.find(entry.name);
        engine::EntryOccurrence occurrence{entry, zone, foreseen.nominal, foreseen.number};
        if (fired != counters_.end())
            occurrence.counter += fired->second;
        std::string note;
        if (entry.draw || entry.run) {
            const PreviewItems::Found& found = items_.of(foreseen, zone, occurrence.counter);
            if (found.item)
                occurrence.item = &*found.item;
            note = found.note;
        }
        if (entry.only_if)
            note += (note.empty() ? "" : "; ") + std::string{"if its condition says so"};
        const PostTarget& target = *foreseen.target;
        std::vector<engine::Composed> parts =
            engine::compose_parts(occurrence, target, servers_.of(target.account));
        int part = 0;
        for (engine::Composed& post : parts) {
            Planned planned;
            planned.nominal = foreseen.nominal;
            planned.due = foreseen.due.value_or(foreseen.nominal);
            if (!foreseen.expires)
                planned.leaves = foreseen.leaves;
            planned.what = entry.name;
            planned.account = target.account;
            planned.zone = zone;
            planned.post = std::move(post);
            planned.part = ++part;
            planned.parts = static_cast<int>(parts.size());
            planned.left_out = foreseen.why_not();
            const bool posted = planned.left_out.empty();
            if (posted && (entry.draw || entry.run) && occurrence.item == nullptr) {
                planned.left_out = note;
                planned.post = engine::Composed{}; // nobody knows it yet
            } else if (posted && !note.empty())
                planned.post.note += (planned.post.note.empty() ? "" : "; ") + note;
            if (planned.left_out.empty())
                add_media_note(planned.post.note, planned.post.content, servers_.of(target.account));
            printer.print(planned);
        }
    }

private:
    const KnownServers& servers_;
    PreviewItems items_;
    std::map<std::string, std::int64_t> counters_;
};

int preview_schedule(const Invocation& call, const Settings& settings, const PreviewOptions& options,
                     const std::optional<States>& known, const KnownServers& servers) {
    const Instant now = wall_now();
    schedule::Forecast forecast{settings, servers.tables(), now, now + std::chrono::hours{24} * options.days};
    SchedulePreview preview{call, settings, options, known, servers};
    Printer printer{call, options, now};
    const auto most = static_cast<std::size_t>(options.limit);
    bool more = false;
    while (const auto foreseen = forecast.next()) {
        if (!options.account.empty() && foreseen->target->account != options.account)
            continue;
        more = printer.count() >= most;
        if (more)
            break;
        preview.print(*foreseen, printer);
    }
    printer.end();
    if (!call.json && !options.ics && printer.count() == 0)
        call.out << "nothing fires in the next " << options.days << " days\n";
    if (more)
        call.err << "and more after these; --limit shows more of them, fewer --days fewer\n";
    return exit_ok;
}

} // namespace

int preview(const Invocation& call, const PreviewOptions& options) {
    const auto settings = load_settings(call, Tell::warnings_too);
    if (!settings)
        return exit_config;
    if (!options.account.empty() && settings->accounts.count(options.account) == 0)
        return fail(call, Failure{Cause::usage, "there is no account named " + options.account});
    const std::optional<States> known = known_states(call, *settings);
    KnownServers servers{known};
    // A server that does not answer has been told of; what is known of it serves.
    const int asked = options.online && !servers.ask(call, *settings) ? exit_server : exit_ok;
    if (!options.source.empty())
        return preview_source(call, *settings, options, servers);
    const int planned = preview_schedule(call, *settings, options, known, servers);
    // A calendar and a table are the schedule's.
    if (!options.online || options.ics || options.table)
        return std::max(asked, planned);
    return std::max(asked, preview_new_items(call, *settings, options, servers));
}

} // namespace crier::commands
