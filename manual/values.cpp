#include "manual/values.hpp"

#include "core/post.hpp"
#include "plugin/registry.hpp"

#include <algorithm>
#include <array>

namespace crier::manual {
namespace {

using Kind = Values::Kind;

struct KnownValue {
    std::string_view command; ///< empty: of whichever
    std::string_view name;    ///< of the option or operand
    Kind kind;
    std::string_view word;
    std::string_view known = {}; ///< with blanks between
};

/// The first that fits counts: what is of one command only stands before what is of all.
constexpr std::array known_values{
    KnownValue{"items", "what", Kind::names_or_file, "SOURCE", "sources"},
    KnownValue{"why", "what", Kind::names, "WHAT", "accounts sources entries"},
    KnownValue{"post", "text", Kind::free, "TEXT"},
    KnownValue{"post", "--language", Kind::free, "CODE"},
    KnownValue{"items", "--post", Kind::free, "ID"},
    KnownValue{"login", "--wait", Kind::free, "DURATION"},
    KnownValue{"login", "--scopes", Kind::words, "SCOPES", "write:statuses write:media"},
    KnownValue{"plugin", "action", Kind::words, "ACTION", "list test"}, // serve is for crier itself
    KnownValue{"init", "--mode", Kind::words, "MODE", "live hold dry"},
    KnownValue{"init", "--timezone", Kind::free, "ZONE"},
    KnownValue{"init", "--folder", Kind::folder, "FOLDER"},
    KnownValue{"import", "--state", Kind::file, "FILE"},
    KnownValue{"pause", "--why", Kind::free, "TEXT"},
    KnownValue{"outbox", "ids", Kind::free, "ID"},
    KnownValue{"", "--account", Kind::names, "ACCOUNT", "accounts"},
    KnownValue{"", "--alt", Kind::free, "TEXT"},
    KnownValue{"", "--at", Kind::free, "TIME"},
    KnownValue{"", "--config", Kind::file, "FILE"},
    KnownValue{"", "--content-type", Kind::words, "TYPE", "text/plain text/markdown text/html text/bbcode"},
    KnownValue{"", "--cw", Kind::free, "TEXT"},
    KnownValue{"", "--days", Kind::free, "N"},
    KnownValue{"", "--directory", Kind::folder, "FOLDER"},
    KnownValue{"", "--entry", Kind::names, "ENTRY", "entries"},
    KnownValue{"", "--feed", Kind::free, "ADDRESS"},
    KnownValue{"", "--focus", Kind::free, "X,Y"},
    KnownValue{"", "--for", Kind::free, "DURATION"},
    KnownValue{"", "--from", Kind::free, "BOT"},
    KnownValue{"", "--grep", Kind::free, "TEXT"},
    KnownValue{"", "--handle", Kind::free, "NAME"},
    KnownValue{"", "--input", Kind::file, "FILE"},
    KnownValue{"", "--keep", Kind::free, "N"},
    KnownValue{"", "--key", Kind::free, "KEY"},
    KnownValue{"", "--language", Kind::free, "CODE"},
    KnownValue{"", "--last", Kind::free, "N"},
    KnownValue{"", "--limit", Kind::free, "N"},
    KnownValue{"", "--media", Kind::file, "FILE"},
    KnownValue{"", "--origin", Kind::names, "NAME", "sources entries"},
    KnownValue{"", "--out", Kind::file, "FILE"},
    KnownValue{"", "--output", Kind::file, "FILE"},
    KnownValue{"", "--plugin", Kind::words, "PLUGIN", "@plugins"},
    KnownValue{"", "--poll", Kind::free, "ANSWER"},
    KnownValue{"", "--poll-for", Kind::free, "DURATION"},
    KnownValue{"", "--port", Kind::free, "PORT"},
    KnownValue{"", "--quote", Kind::free, "STATUS"},
    KnownValue{"", "--quote-policy", Kind::words, "WHO", "account public followers nobody"},
    KnownValue{"", "--reason", Kind::words, "CODE", "@reasons"},
    KnownValue{"", "--reply-to", Kind::free, "STATUS"},
    KnownValue{"", "--server", Kind::free, "SERVER"},
    KnownValue{"", "--set", Kind::free, "NAME=VALUE"},
    KnownValue{"", "--since", Kind::free, "TIME"},
    KnownValue{"", "--source", Kind::names, "SOURCE", "sources"},
    KnownValue{"", "--state", Kind::words, "STATE", "@states"},
    KnownValue{"", "--text", Kind::free, "TEXT"},
    KnownValue{"", "--thumbnail", Kind::file, "FILE"},
    KnownValue{"", "--token-file", Kind::file, "FILE"},
    KnownValue{"", "--visibility", Kind::words, "WHO", "public unlisted private direct"},
    KnownValue{"", "--what", Kind::free, "WHAT"},
    KnownValue{"", "-n", Kind::free, "N"},
    KnownValue{"", "account", Kind::names, "ACCOUNT", "accounts"},
    KnownValue{"", "entry", Kind::names, "ENTRY", "entries"},
    KnownValue{"", "file", Kind::file, "FILE"},
    KnownValue{"", "server", Kind::free, "SERVER"},
    KnownValue{"", "target", Kind::names, "NAME", "accounts sources entries"},
    KnownValue{"", "action", Kind::free, "ACTION"},
};

std::vector<std::string> split(std::string_view text) {
    std::vector<std::string> words;
    while (!text.empty()) {
        const std::string_view word = text.substr(0, text.find(' '));
        words.emplace_back(word);
        text.remove_prefix(std::min(word.size() + 1, text.size()));
    }
    return words;
}

/// All texts of an enumeration, of which `last` is the last.
template <typename Enum>
std::vector<std::string> texts_to(Enum last) {
    std::vector<std::string> words;
    for (int value = 0; value <= static_cast<int>(last); ++value)
        words.emplace_back(to_text(static_cast<Enum>(value)));
    return words;
}

std::vector<std::string> known_words(std::string_view known) {
    if (known == "@states")
        return texts_to(PostState::deleted);
    if (known == "@reasons") {
        std::vector<std::string> reasons = texts_to(ReasonCode::undone);
        reasons.erase(reasons.begin()); // of a post without one
        return reasons;
    }
    if (known == "@plugins") {
        std::vector<std::string> names;
        for (const plugin::BuiltIn& plugin : plugin::built_ins())
            names.push_back(plugin.name);
        return names;
    }
    return split(known);
}

} // namespace

Values values_of(std::string_view command, const commands::DescribedOption& option) {
    Values values;
    for (const KnownValue& row : known_values) {
        if ((!row.command.empty() && row.command != command) ||
            std::find(option.names.begin(), option.names.end(), row.name) == option.names.end())
            continue;
        values = Values{row.kind, row.word, known_words(row.known)};
        break;
    }
    // What the command line itself insists on comes first, where the table does not say less.
    if (values.kind == Kind::free && !option.words.empty()) {
        values.kind = Kind::words;
        values.known = option.words;
    }
    return values;
}

} // namespace crier::manual
