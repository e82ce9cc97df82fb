#include "directory/sidecars.hpp"

#include "directory/text_file.hpp"
#include "kit/encoding.hpp"
#include "kit/file_name.hpp"
#include "kit/loose.hpp"
#include "kit/text.hpp"

#include <algorithm>
#include <array>

namespace crier::directory {

namespace json = boost::json;

namespace {

constexpr std::array<std::string_view, 4> usual_alts{"{stem}.alt.txt", "{name}.txt", "{stem}.txt",
                                                     "{stem}.md"};

void replace_all(std::string& text, std::string_view what, std::string_view by) {
    for (std::size_t at = text.find(what); at != std::string::npos; at = text.find(what, at + by.size()))
        text.replace(at, what.size(), by);
}

/// A pattern has one of both (check_pattern): braces in a file's name stay as they are.
std::string expanded(std::string pattern, std::string_view name) {
    if (pattern.find("{stem}") != std::string::npos)
        replace_all(pattern, "{stem}", name.substr(0, name.rfind('.')));
    else
        replace_all(pattern, "{name}", name);
    return pattern;
}

void check_pattern(const std::string& field, const std::string& pattern) {
    const bool stem = pattern.find("{stem}") != std::string::npos;
    const bool name = pattern.find("{name}") != std::string::npos;
    if (stem == name)
        throw sdk::Error("sidecar: '" + pattern +
                         "' must have {stem} or {name} in it, which stand for the picture's "
                         "name without and with its extension; for example " +
                         field + ": '{stem}.txt'");
    if (pattern.find('/') != std::string::npos)
        throw sdk::Error("sidecar: '" + pattern +
                         "' must be a file's name without a folder: it lies beside the picture");
}

/// The words of one go to its field, unless the head has that: then they are the content.
void add_words(std::string_view field, const Headed& head, const std::string& words,
               std::vector<kit::Written>& fields) {
    fields.insert(fields.end(), head.fields.begin(), head.fields.end());
    if (!head.has(field))
        fields.push_back({field, json::string{words}});
    else if (field == "alt")
        fields.push_back({"content", json::string{words}});
}

} // namespace

Sidecars::Sidecars(const sdk::Settings& settings) {
    constexpr std::string_view prefix = "sidecar.";
    bool any_alt = false;
    for (const auto& [name, pattern] : settings) {
        if (name == "sidecar")
            throw sdk::Error("sidecar must be a mapping of an item's fields to names of files, such as "
                             "{alt: '{stem}.txt'}");
        if (name.substr(0, prefix.size()) != prefix)
            throw sdk::Error("'" + name + "' is no key of the plugin directory; there is sidecar");
        const std::string_view field = kit::field_of(name.substr(prefix.size()));
        if (field.empty() || field == "media")
            throw sdk::Error(
                "sidecar: '" + name.substr(prefix.size()) +
                "' is no field that a file can have the words of; there are alt, title, content, link, "
                "categories, summary, author, language, published, due and expires");
        check_pattern(std::string{field}, pattern);
        any_alt = any_alt || field == "alt";
        rules_.emplace_back(field, pattern);
    }
    for (const std::string_view pattern : usual_alts)
        if (!any_alt)
            rules_.emplace_back("alt", pattern);
}

bool Sidecars::read(const File& picture, std::vector<kit::Written>& fields, sdk::Sink& sink) const {
    std::vector<std::string_view> found; // fields: of several files for one, the first counts
    for (const auto& [field, pattern] : rules_) {
        const std::string name = expanded(pattern, picture.name);
        if (std::find(picture.beside.begin(), picture.beside.end(), name) == picture.beside.end() ||
            std::find(found.begin(), found.end(), field) != found.end())
            continue;
        const auto bytes = picture.text_of(name);
        if (!bytes) {
            sink.warning(name + " was not read: it is no text, or too long");
            continue;
        }
        const kit::FileText file{*bytes};
        const Headed head = headed(file.text());
        if (head.draft || shows_media(name, head))
            return false;
        add_words(field, head, words_of(name, head), fields);
        found.push_back(field);
    }
    return true;
}

bool Sidecars::is_one(const File& text) const {
    for (const std::string_view other : text.beside)
        if (!kit::media_type_of(other).empty())
            for (const auto& [field, pattern] : rules_)
                if (expanded(pattern, other) == text.name)
                    return true;
    return false;
}

} // namespace crier::directory
