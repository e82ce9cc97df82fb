#include "manual/values.hpp"

#include "commands/value_word.hpp"
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
    std::string_view known = {}; ///< with blanks between
};

/// What a shell can offer. The first that fits counts: what is of one command only stands before what is of
/// all.
constexpr std::array known_values{
    KnownValue{"items", "what", Kind::names_or_file, "sources"},
    KnownValue{"why", "what", Kind::names, "accounts sources entries"},
    KnownValue{"login", "--scopes", Kind::words, "write:statuses write:media"},
    KnownValue{"plugin", "action", Kind::words, "list test"}, // serve is for crier itself
    KnownValue{"init", "--mode", Kind::words, "live hold dry"},
    KnownValue{"init", "--folder", Kind::folder},
    KnownValue{"import", "--state", Kind::file},
    KnownValue{"", "--account", Kind::names, "accounts"},
    KnownValue{"", "--config", Kind::file},
    KnownValue{"", "--content-type", Kind::words, "text/plain text/markdown text/html text/bbcode"},
    KnownValue{"", "--directory", Kind::folder},
    KnownValue{"", "--entry", Kind::names, "entries"},
    KnownValue{"", "--input", Kind::file},
    KnownValue{"", "--media", Kind::file},
    KnownValue{"", "--origin", Kind::names, "sources entries"},
    KnownValue{"", "--out", Kind::file},
    KnownValue{"", "--output", Kind::file},
    KnownValue{"", "--plugin", Kind::words, "@plugins"},
    KnownValue{"", "--quote-policy", Kind::words, "account public followers nobody"},
    KnownValue{"", "--reason", Kind::words, "@reasons"},
    KnownValue{"", "--source", Kind::names, "sources"},
    KnownValue{"", "--state", Kind::words, "@states"},
    KnownValue{"", "--thumbnail", Kind::file},
    KnownValue{"", "--token-file", Kind::file},
    KnownValue{"", "--visibility", Kind::words, "public unlisted private direct"},
    KnownValue{"", "account", Kind::names, "accounts"},
    KnownValue{"", "entry", Kind::names, "entries"},
    KnownValue{"", "file", Kind::file},
    KnownValue{"", "target", Kind::names, "accounts sources entries"},
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
    values.word = commands::value_word(command, option.names);
    for (const KnownValue& row : known_values) {
        if ((!row.command.empty() && row.command != command) ||
            std::find(option.names.begin(), option.names.end(), row.name) == option.names.end())
            continue;
        values.kind = row.kind;
        values.known = known_words(row.known);
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
