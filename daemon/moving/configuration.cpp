#include "config/yaml_text.hpp"
#include "moving/moved.hpp"

namespace crier::moving {

namespace {

using config::yaml_quoted;

/// A note may hold whatever the other file has.
std::string comment(std::string line) {
    for (char& c : line)
        if (static_cast<unsigned char>(c) < 0x20 || c == 0x7f)
            c = ' ';
    return line;
}

std::string list_of(const std::vector<std::string>& texts) {
    std::string list;
    for (const std::string& text : texts)
        list += (list.empty() ? "" : ", ") + yaml_quoted(text);
    return "[" + list + "]";
}

std::string filter_of(const MovedSource& source) {
    if (source.include.empty())
        return {};
    std::string fields;
    for (const auto& [field, conditions] : source.include)
        fields += (fields.empty() ? "" : ", ") + field + ": " + list_of(conditions);
    return "    filter: {include: {" + fields + "}}\n";
}

std::string media_of(const Moved& moved) {
    if (!moved.picture.empty())
        return "      media: [{file: " + yaml_quoted(moved.picture) +
               ", missing_alt: post}]   # say what it shows: alt: \"...\"\n";
    if (moved.item_media)
        return "      media: [{from: [enclosure, media_rss, content_image], missing_alt: post, "
               "required: false}]\n";
    return {};
}

std::string source_of(const Moved& moved, const MovedSource& source, const std::string& account) {
    std::string yaml = "  " + config::yaml_scalar(source.name) +
                       ":\n    plugin: feed\n    url: " + yaml_quoted(source.url) + "\n";
    if (source.is_private)
        yaml += "    allow_private: true       # it is on this machine or in a private network\n";
    yaml += "    poll: 15m\n    accounts: [" + account + "]\n";
    // All that it holds is known by now; where it is not, nothing is better than everything.
    yaml += "    first_run: {publish: 0}\n";
    yaml += filter_of(source);
    yaml += "    post:\n      status: " + yaml_quoted(source.status) + "\n" + media_of(moved);
    return yaml;
}

} // namespace

std::string configuration_of(const Moved& moved, const MovedPlace& place) {
    const std::string account =
        config::yaml_scalar(config::yaml_name(place.handle, place.handle.empty() ? "bot" : "account"));
    std::string yaml = "# crier.yaml, made from the configuration of " + moved.by +
                       ". `crier check` says what is wrong with it,\n"
                       "# `crier preview` what it would post. Every key: docs/CONFIG.md.\n";
    if (!moved.notes.empty()) {
        yaml += "#\n# What is not the same:\n";
        for (const std::string& line : moved.notes)
            yaml += "#   " + comment(line) + "\n";
    }
    yaml += "version: 1\naccounts:\n  " + account + ":\n    server: " + yaml_quoted(moved.server) + "\n";
    yaml += place.handle.empty()
                ? "    # handle: news         # the account's name there, so that a wrong token is noticed\n"
                : "    handle: " + yaml_quoted(place.handle) + "\n";
    yaml += place.token_file.empty()
                ? "    # The token is never in this file: put it into the environment, or `crier login`.\n"
                  "    token: {env: MASTODON_ACCESS_TOKEN}\n"
                : "    token: {file: " + yaml_quoted(place.token_file) + "}\n";
    yaml += "    mode: live             # hold: approve each post first; dry: say what would be posted\n"
            "    defaults: {visibility: " +
            moved.visibility + "}\n";
    yaml += "sources:\n";
    for (const MovedSource& source : moved.sources)
        yaml += source_of(moved, source, account);
    yaml += "store: " + yaml_quoted(place.directory + "/crier.db") +
            "\nadmin: {socket: " + yaml_quoted(place.directory + "/crier.sock") + "}\n";
    return yaml;
}

} // namespace crier::moving
