#include "commands/commands.hpp"
#include "commands/known_servers.hpp"
#include "commands/table.hpp"
#include "core/nearest.hpp"
#include "core/schedule/due.hpp"
#include "core/schedule/upcoming.hpp"
#include "core/schedule/words/words.hpp"
#include "core/text/date_format.hpp"
#include "core/text/length.hpp"
#include "engine/restraint.hpp"

#include <boost/json/array.hpp>

#include <algorithm>
#include <ostream>
#include <utility>

namespace crier::commands {

namespace json = boost::json;

namespace {

constexpr std::size_t terminal_width = 90;

Failure no_such_entry(const Settings& settings, const std::string& name) {
    std::vector<std::string_view> names;
    for (const EntrySettings& entry : settings.schedule)
        names.push_back(entry.name);
    const std::string near = nearest(name, names);
    return {Cause::usage, "there is no entry named " + name,
            near.empty() ? "entries stand under `schedule`" : "did you mean " + near + "?"};
}

/// In lines of at most so many characters, broken at blanks; a longer word has a line of its own.
std::string wrapped(const std::string& text, std::size_t width) {
    std::string lines;
    std::size_t column = 0;
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t end = std::min(text.find(' ', at), text.size());
        const std::string word = text.substr(at, end - at);
        const std::size_t length = text::graphemes(word);
        const bool fits = column + 1 + length <= width;
        if (column > 0)
            lines += fits ? ' ' : '\n';
        column = (column > 0 && fits ? column + 1 : 0) + length;
        lines += word;
        at = end + 1;
    }
    return lines;
}

/// Why it leaves at another time than it fires, or not at all; empty: it does not.
std::string upcoming_note(const Settings& settings, const schedule::Upcoming& upcoming) {
    const schedule::Foreseen& foreseen = upcoming.foreseen;
    std::vector<std::string> notes;
    if (const std::string_view why = foreseen.why_not(); !why.empty())
        notes.emplace_back(why);
    if (!foreseen.due)
        return notes.front();
    if (std::string restraint =
            engine::restraint_of(settings, foreseen.target->account, foreseen.entry->approval.get());
        !restraint.empty())
        notes.push_back(std::move(restraint));
    const Duration jitter =
        schedule::jitter_of(foreseen.entry->name, foreseen.nominal, foreseen.entry->jitter);
    if (*foreseen.due > foreseen.nominal + jitter)
        notes.emplace_back("moved to the end of quiet times");
    if (!foreseen.expires && *foreseen.leaves > *foreseen.due)
        notes.emplace_back("later for the account's limits");
    if (upcoming.alone)
        notes.emplace_back("other entries are not counted so far ahead");
    std::string text;
    for (const std::string& note : notes)
        text += (text.empty() ? "" : "; ") + note;
    return text;
}

std::optional<Instant> leaves_of(const schedule::Foreseen& foreseen) {
    return foreseen.expires ? std::nullopt : foreseen.leaves;
}

json::value json_time(std::optional<Instant> when) {
    return when ? json::value(to_rfc3339(*when)) : json::value();
}

void print_json(const Invocation& call, const Settings& settings, const EntrySettings& entry,
                const std::string& words, const std::vector<schedule::Upcoming>& next) {
    json::object object;
    object["entry"] = entry.name;
    object["words"] = words;
    object["zone"] = entry.timezone.str();
    json::array times;
    for (const schedule::Upcoming& upcoming : next) {
        const schedule::Foreseen& foreseen = upcoming.foreseen;
        json::object time;
        time["nominal"] = to_rfc3339(foreseen.nominal);
        time["due"] = json_time(foreseen.due);
        time["leaves"] = json_time(leaves_of(foreseen));
        time["account"] = foreseen.target->account.str();
        time["note"] = upcoming_note(settings, upcoming);
        times.push_back(std::move(time));
    }
    object["next"] = std::move(times);
    print(call, object);
}

void print_text(const Invocation& call, const Settings& settings, const EntrySettings& entry,
                const std::string& words, const std::vector<schedule::Upcoming>& next) {
    call.out << (call.terminal ? wrapped(words, terminal_width) : words) << "\n\n";
    if (next.empty()) {
        call.out << "it fires no more\n";
        return;
    }
    const schedule::Zone zone = schedule::Zone::find_or_utc(entry.timezone);
    const auto shown = [&](Instant when) { return text::format_date({when, zone}, "%a %F %T %Z", "en"); };
    Table table({"FIRES", "LEAVES", "ACCOUNT", "NOTE"});
    for (const schedule::Upcoming& upcoming : next) {
        const auto leaves = leaves_of(upcoming.foreseen);
        table.add({shown(upcoming.foreseen.nominal), leaves ? shown(*leaves) : "-",
                   upcoming.foreseen.target->account, upcoming_note(settings, upcoming)});
    }
    table.print(call.out);
}

} // namespace

int explain(const Invocation& call, const ExplainOptions& options) {
    const auto settings = load_settings(call);
    if (!settings)
        return exit_config;
    const EntrySettings* const entry = find_entry(*settings, options.entry);
    if (entry == nullptr)
        return fail(call, no_such_entry(*settings, options.entry));
    const Instant now = wall_now();
    const std::string changes = schedule::clock_changes_in_words(*entry, now);
    const std::string words = schedule::in_words(*entry) + (changes.empty() ? "" : " ") + changes;
    const KnownServers servers{call, *settings};
    const auto next = schedule::upcoming(*settings, *entry, servers.tables(), now, options.count);
    if (call.json)
        print_json(call, *settings, *entry, words, next);
    else
        print_text(call, *settings, *entry, words, next);
    return exit_ok;
}

} // namespace crier::commands
