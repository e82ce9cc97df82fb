#include "simulation/reconfigure.hpp"

#include "simulation/world.hpp"

#include <algorithm>
#include <array>
#include <memory>
#include <utility>
#include <variant>

namespace crier::sim {

namespace {

constexpr std::array<std::string_view, changes> change_names{
    "source_renamed", "source_renamed_silently", "source_moved",  "entry_renamed",       "entry_removed",
    "rule_thinned",   "template_edited",         "account_added", "agenda_rule_changed", "agenda_exception",
    "agenda_renamed", "agenda_order_changed"};

EntrySettings& entry_of(Settings& settings, const std::string& name) {
    return *std::find_if(settings.schedule.begin(), settings.schedule.end(),
                         [&](const EntrySettings& entry) { return entry.name == name; });
}

void rename_source(Settings& settings, std::size_t feed, const Changes& made, bool says_so) {
    SourceSettings& source = settings.sources[feed];
    if (says_so)
        source.was = source.name;
    source.name = source_name(feed, made);
}

void edit_template(EntrySettings& entry) {
    for (PostTarget& target : entry.targets) {
        auto edited = std::make_shared<PostTemplate>(*target.post);
        edited->status =
            *text::Template::parse(entry.name + "@{{ now | date('%Y-%m-%dT%H:%M:%SZ') }} in other words",
                                   {"now", "due", "entry", "account", "title", "link"});
        target.post = std::move(edited);
    }
}

} // namespace

std::string_view to_text(Change change) noexcept {
    return change_names[static_cast<std::size_t>(change)];
}

std::string source_name(std::size_t feed, const Changes& made) {
    const bool renamed = has(made, feed == 0 ? Change::source_renamed : Change::source_renamed_silently);
    return feed_facts()[feed].name + (renamed ? "-by-another-name" : "");
}

Settings with_changes(Settings settings, const Changes& made) {
    if (has(made, Change::source_renamed))
        rename_source(settings, 0, made, true);
    if (has(made, Change::source_renamed_silently))
        rename_source(settings, 1, made, false);
    // A new name and a new address at once would be a new source, and says nothing of it.
    if (has(made, Change::source_moved)) {
        settings.sources[1].url = "https://news.example/f1.xml";
        if (has(made, Change::source_renamed_silently))
            settings.sources[1].was = feed_facts()[1].name;
    }
    if (has(made, Change::account_added)) {
        PostTarget second = settings.sources[0].targets.front();
        second.account = account_name(1);
        settings.sources[0].targets.push_back(std::move(second));
    }
    if (has(made, Change::rule_thinned))
        std::get<schedule::Every>(entry_of(settings, "pictured").when.rules.at(0)).period *= 2;
    if (has(made, Change::template_edited))
        edit_template(entry_of(settings, "both"));
    if (has(made, Change::entry_renamed)) {
        EntrySettings& both = entry_of(settings, "both");
        both.was = std::exchange(both.name, "both-by-another-name");
    }
    if (has(made, Change::entry_removed))
        settings.schedule.erase(settings.schedule.begin() +
                                (&entry_of(settings, "twohourly") - settings.schedule.data()));
    return settings;
}

} // namespace crier::sim
