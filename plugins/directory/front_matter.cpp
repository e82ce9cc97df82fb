#include "directory/front_matter.hpp"

#include "kit/loose.hpp"
#include "kit/text.hpp"
#include "kit/yaml.hpp"
#include "sdk/crier_plugin.hpp"

#include <boost/json/object.hpp>

#include <algorithm>
#include <utility>

namespace crier::directory {

namespace json = boost::json;

namespace {

bool is_line(std::string_view line, std::string_view words) {
    return line.substr(0, words.size()) == words && kit::trimmed(line.substr(words.size())).empty();
}

/// The size of the first line, with its end.
std::size_t line_size(std::string_view text) {
    return std::min(text.find('\n'), text.size() - 1) + 1;
}

/// What stands before the line that ends the head; `text` is then what stands behind it.
std::string_view cut_head(std::string_view& text) {
    const std::string_view whole = text;
    while (!text.empty()) {
        const std::size_t size = line_size(text);
        const std::string_view line = text.substr(0, size);
        const std::size_t before = whole.size() - text.size();
        text.remove_prefix(size);
        if (is_line(line, "---") || is_line(line, "..."))
            return whole.substr(0, before);
    }
    throw sdk::Error(
        "line 1: the head that begins here does not end: put a line --- behind it (or a blank line "
        "before the first ---, if it is a line across the text)");
}

void take(std::string_view name, json::value value, Headed& to) {
    if (name == "draft") {
        to.draft = value.is_string() && value.get_string() != "false" && value.get_string() != "no";
        return;
    }
    const std::string_view field = kit::field_of(name);
    if (field.empty())
        to.warnings.push_back("the head's key '" + std::string{kit::cut(name)} + "' means nothing here");
    else
        to.fields.push_back({field, std::move(value)});
}

} // namespace

bool Headed::has(std::string_view field) const {
    return std::any_of(fields.begin(), fields.end(), [field](const kit::Written& one) {
        return one.field == field && !one.value.is_null();
    });
}

Headed headed(std::string_view text) {
    Headed read;
    read.body = text;
    const std::string_view first = text.empty() ? text : text.substr(0, line_size(text));
    if (is_line(first, "+++"))
        throw sdk::Error(
            "line 1: a head between +++ is TOML, which is not read: write it as YAML between --- "
            "(title: ... in the place of title = \"...\")");
    if (!is_line(first, "---"))
        return read;
    read.body.remove_prefix(first.size());
    kit::Yaml yaml = kit::read_yaml(cut_head(read.body), 1);
    read.warnings = std::move(yaml.warnings);
    json::object* keys = yaml.value.if_object();
    if (keys == nullptr && !yaml.value.is_null())
        throw sdk::Error(
            "line 2: the head between the lines --- must be keys with values, such as \"title: ...\"");
    // The fields' own names come first: what else means them counts where those are empty.
    for (const bool own : {true, false})
        for (auto& member : keys != nullptr ? *keys : json::object{}) {
            const std::string_view name{member.key().data(), member.key().size()};
            if (kit::is_own_name(name) == own)
                take(name, member.value(), read);
        }
    return read;
}

} // namespace crier::directory
