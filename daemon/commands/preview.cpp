#include "commands/calendar_file.hpp"
#include "commands/commands.hpp"
#include "commands/known_servers.hpp"
#include "commands/media_notes.hpp"
#include "commands/planned.hpp"
#include "commands/preview_items.hpp"
#include "commands/preview_sources.hpp"
#include "commands/table.hpp"
#include "core/schedule/forecast.hpp"
#include "engine/schedule_preview.hpp"

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

int preview_schedule(const Invocation& call, const Settings& settings, const PreviewOptions& options,
                     const std::optional<States>& known, const KnownServers& servers) {
    const Instant now = wall_now();
    schedule::Forecast forecast{settings, servers.tables(), now, now + std::chrono::hours{24} * options.days};
    PreviewItems items{call, settings, known, servers, options.online};
    std::map<std::string, std::int64_t> fired;
    if (known)
        for (const EntryState& state : known->entries)
            fired.emplace(state.entry, state.counter);
    const auto fired_of = [&](const EntrySettings& entry) {
        const auto state = fired.find(entry.name);
        return state == fired.end() ? std::int64_t{0} : state->second;
    };
    const auto profile_of = [&](const std::string& account) -> const ServerProfile& {
        return servers.of(account);
    };
    const auto item_of = [&](const schedule::Foreseen& foreseen, const schedule::Zone& zone,
                             std::int64_t counter) -> const engine::FoundItem& {
        return items.of(foreseen, zone, counter);
    };
    engine::SchedulePreview preview{settings, profile_of, fired_of, item_of};
    Printer printer{call, options, now};
    const auto most = static_cast<std::size_t>(options.limit);
    bool more = false;
    while (const auto foreseen = forecast.next()) {
        if (!options.account.empty() && foreseen->target->account != options.account)
            continue;
        more = printer.count() >= most;
        if (more)
            break;
        for (Planned& planned : preview.posts(*foreseen)) {
            if (planned.left_out.empty())
                add_media_note(planned.post.note, planned.post.content, servers.of(planned.account));
            printer.print(planned);
        }
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
