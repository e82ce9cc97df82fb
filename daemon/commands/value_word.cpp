#include "commands/value_word.hpp"

#include <algorithm>
#include <array>

namespace crier::commands {

namespace {

struct Word {
    std::string_view command; ///< empty: of whichever
    std::string_view name;    ///< of the option or operand
    std::string_view word;
};

/// The first that fits counts: what is of one command only stands before what is of all.
constexpr std::array value_words{
    Word{"items", "what", "SOURCE"},
    Word{"why", "what", "WHAT"},
    Word{"post", "text", "TEXT"},
    Word{"items", "--post", "ID"},
    Word{"login", "--wait", "DURATION"},
    Word{"login", "--scopes", "SCOPES"},
    Word{"init", "--mode", "MODE"},
    Word{"init", "--timezone", "ZONE"},
    Word{"init", "--folder", "FOLDER"},
    Word{"import", "--state", "FILE"},
    Word{"pause", "--why", "TEXT"},
    Word{"outbox", "ids", "ID"},
    Word{"", "--account", "ACCOUNT"},
    Word{"", "--alt", "TEXT"},
    Word{"", "--at", "TIME"},
    Word{"", "--config", "FILE"},
    Word{"", "--content-type", "TYPE"},
    Word{"", "--cw", "TEXT"},
    Word{"", "--days", "N"},
    Word{"", "--directory", "FOLDER"},
    Word{"", "--entry", "ENTRY"},
    Word{"", "--feed", "ADDRESS"},
    Word{"", "--focus", "X,Y"},
    Word{"", "--for", "DURATION"},
    Word{"", "--from", "BOT"},
    Word{"", "--grep", "TEXT"},
    Word{"", "--handle", "NAME"},
    Word{"", "--input", "FILE"},
    Word{"", "--keep", "N"},
    Word{"", "--key", "KEY"},
    Word{"", "--language", "CODE"},
    Word{"", "--last", "N"},
    Word{"", "--limit", "N"},
    Word{"", "--media", "FILE"},
    Word{"", "--origin", "NAME"},
    Word{"", "--out", "FILE"},
    Word{"", "--output", "FILE"},
    Word{"", "--plugin", "PLUGIN"},
    Word{"", "--poll", "ANSWER"},
    Word{"", "--poll-for", "DURATION"},
    Word{"", "--port", "PORT"},
    Word{"", "--quote", "STATUS"},
    Word{"", "--quote-policy", "WHO"},
    Word{"", "--reason", "CODE"},
    Word{"", "--reply-to", "STATUS"},
    Word{"", "--server", "SERVER"},
    Word{"", "--set", "NAME=VALUE"},
    Word{"", "--since", "TIME"},
    Word{"", "--source", "SOURCE"},
    Word{"", "--state", "STATE"},
    Word{"", "--text", "TEXT"},
    Word{"", "--thumbnail", "FILE"},
    Word{"", "--token-file", "FILE"},
    Word{"", "--visibility", "WHO"},
    Word{"", "--what", "WHAT"},
    Word{"", "-n", "N"},
    Word{"", "account", "ACCOUNT"},
    Word{"", "entry", "ENTRY"},
    Word{"", "file", "FILE"},
    Word{"", "server", "SERVER"},
    Word{"", "target", "NAME"},
    Word{"", "action", "ACTION"},
};

} // namespace

std::string_view value_word(std::string_view command, const std::vector<std::string>& names) {
    for (const Word& row : value_words)
        if ((row.command.empty() || row.command == command) &&
            std::find(names.begin(), names.end(), row.name) != names.end())
            return row.word;
    return "VALUE";
}

} // namespace crier::commands
