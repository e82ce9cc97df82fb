#include "webhook/options.hpp"

#include "kit/loose.hpp"
#include "kit/text.hpp"

#include <algorithm>
#include <array>

namespace crier::webhook {
namespace {

constexpr std::array<std::string_view, 6> known_events{"release", "push",         "tag",
                                                       "issues",  "pull_request", "discussion"};

Form form_called(const std::string& value) {
    if (value == "github")
        return Form::github;
    if (value == "gitlab")
        return Form::gitlab;
    if (value == "gitea" || value == "forgejo")
        return Form::gitea;
    if (value == "json")
        return Form::json;
    throw sdk::Error("form: '" + value + "' is none of github, gitlab, gitea, forgejo and json");
}

void check_event(const std::string& value) {
    if (std::find(known_events.begin(), known_events.end(), value) == known_events.end())
        throw sdk::Error("events: '" + value +
                         "' is none of release, push, tag, issues, pull_request and discussion");
}

std::pair<std::string_view, std::string> mapping(const std::string& name, const std::string& path) {
    const std::string_view field = kit::field_of(name);
    if (field.empty())
        throw sdk::Error(
            "fields: '" + name +
            "' is no field of an item; there are id, title, link, published, updated, due, expires, "
            "summary, content, author, categories, media, alt, language and weight");
    if (kit::trimmed(path).empty())
        throw sdk::Error("fields: say where in the JSON " + name + " stands, or leave it out");
    return {field, std::string{kit::trimmed(path)}};
}

} // namespace

Options::Options(const sdk::Settings& settings) {
    constexpr std::string_view prefix = "fields.";
    for (const auto& [name, value] : settings) {
        if (name == "form") {
            form = form_called(value);
        } else if (name == "events") {
            check_event(value);
            events.push_back(value);
        } else if (name.substr(0, prefix.size()) == prefix) {
            fields.push_back(mapping(name.substr(prefix.size()), value));
        } else if (name == "fields") {
            throw sdk::Error("fields must be a mapping of an item's fields to places in the JSON, such as "
                             "{title: story.headline}");
        } else {
            throw sdk::Error("'" + name +
                             "' is no key of the plugin webhook; there are form, events and fields");
        }
    }
    if (!fields.empty() && form && *form != Form::json)
        throw sdk::Error("fields: they say how JSON of any kind is read; leave them out, or say form: json");
    if (!events.empty() && (!fields.empty() || form == Form::json))
        throw sdk::Error("events: JSON of any kind has none; leave them out");
    if (!fields.empty())
        form = Form::json;
    if (events.empty())
        events.emplace_back("release");
}

bool Options::wants(std::string_view event) const {
    return std::find(events.begin(), events.end(), event) != events.end();
}

} // namespace crier::webhook
