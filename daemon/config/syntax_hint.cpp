#include "config/syntax_hint.hpp"

#include <algorithm>
#include <string_view>

namespace crier::config {
namespace {

std::string_view without_indentation(std::string_view line) {
    line.remove_prefix(std::min(line.find_first_not_of(" \t"), line.size()));
    return line;
}

std::size_t indentation(std::string_view line) {
    return line.size() - without_indentation(line).size();
}

bool tab_indents(std::string_view line) {
    return line.substr(0, indentation(line)).find('\t') != std::string_view::npos;
}

/// The line before that says something.
std::string_view line_above(const Document& document, std::uint32_t offset) {
    std::string_view line = document.line_at(offset);
    while (line.data() > document.source().data()) {
        const auto end = static_cast<std::size_t>(line.data() - document.source().data()) - 1;
        line = document.line_at(end);
        const std::string_view said = without_indentation(line);
        if (!said.empty() && said.front() != '#')
            break;
    }
    return line;
}

/// `key: value` of which the value goes on with `{{`, without a quote before it.
bool bare_template(std::string_view line) {
    const std::size_t braces = line.find("{{");
    return braces != std::string_view::npos &&
           line.substr(0, braces).find_first_of("\"'|>") == std::string_view::npos;
}

/// What stands behind the first ": ".
std::string_view value_of(std::string_view line) {
    const std::size_t colon = line.find(": ");
    return colon == std::string_view::npos ? std::string_view{} : without_indentation(line.substr(colon + 2));
}

struct Explained {
    std::string message;
    std::string hint;
};

constexpr std::string_view quote_template = "put the whole text in quotes: \"{{ ... }}\"";

Explained broken_mapping(const Document& document, std::uint32_t offset) {
    const std::string_view line = document.line_at(offset);
    const std::string_view above = line_above(document, offset);
    const std::string_view said = without_indentation(line);
    const std::string_view value = value_of(line);
    if (tab_indents(line))
        return {"a tab indents this line", "YAML is indented with blanks only"};
    if (bare_template(line))
        return {"`{{` without quotes is a YAML mapping, not a template", std::string{quote_template}};
    if (!value.empty() && value.front() == '\'' && std::count(value.begin(), value.end(), '\'') % 2 == 1)
        return {"the text in quotes ends before its line does",
                "inside single quotes a quote is written twice: 'it''s'"};
    if (!value.empty() && value.front() == '"')
        return {"the text in quotes ends before its line does",
                "inside double quotes a quote is written \\\""};
    if (value.find(": ") != std::string_view::npos || (!value.empty() && value.back() == ':'))
        return {"a value without quotes cannot hold a colon and a blank", "put the whole value in quotes"};
    if (above.data() != line.data()) {
        const std::string_view key_above = without_indentation(above);
        if (said.starts_with("- ") && !key_above.starts_with("- "))
            return {"a list item stands here, and a key was expected",
                    "the line above has a value already, or this line's indentation is off"};
        if (key_above.find(": ") == std::string_view::npos && key_above.find(':') != std::string_view::npos &&
            key_above.back() != ':')
            return {"the line above is no key and value", "a blank belongs behind its colon"};
        if (indentation(line) > indentation(above) && !value_of(above).empty())
            return {"this line is indented deeper than the one above, which has a value already",
                    "keys of one mapping begin in the same column"};
    }
    return {"the mapping is broken here",
            "check the indentation and the quotes of this line and of the one above"};
}

Explained unknown_escape(const std::string& message) {
    const std::string letter = message.substr(message.rfind(' ') + 1);
    return {"\\" + letter + " in double quotes is no YAML escape",
            "write expressions and backslashes in single quotes: '/\\" + letter + "+/'"};
}

Explained strange_start(char first) {
    const std::string shown{first};
    return {"a value without quotes cannot begin with " + shown, "put it in quotes: \"" + shown + "...\""};
}

Explained explain(const Document& document, std::uint32_t offset, const std::string& message) {
    const std::string_view line = document.line_at(offset);
    if (message.starts_with("illegal map value") || message.starts_with("end of map not found") ||
        message.starts_with("end of sequence not found"))
        return broken_mapping(document, offset);
    if (message.starts_with("unknown escape character"))
        return unknown_escape(message);
    if (message.starts_with("unknown token"))
        return strange_start(offset < document.source().size() ? document.source()[offset] : '?');
    if (message.starts_with("the referenced anchor is not defined"))
        return {"a value without quotes that begins with * is an alias, and nothing has that name",
                "if it is text, put it in quotes"};
    if (message.starts_with("illegal tab"))
        return {"a tab indents this line", "YAML is indented with blanks only"};
    if (message.starts_with("illegal block entry"))
        return {"a list item cannot stand on the line of its key", "begin the list on a line of its own"};
    if (tab_indents(line))
        return {"a tab indents this line", "YAML is indented with blanks only"};
    return {"YAML: " + message, {}};
}

} // namespace

void explain_syntax_error(const Document& document, TreeBuilder& builder, std::uint32_t offset,
                          const std::string& message) {
    std::uint32_t opening = 0;
    if ((message.starts_with("end of map flow") || message.starts_with("end of sequence flow")) &&
        builder.inside_flow(opening)) {
        const char bracket = document.source()[opening];
        if (document.source().substr(opening, 2) == "{{")
            builder.problem(opening, "`{{` without quotes is a YAML mapping, not a template",
                            std::string{quote_template});
        else
            builder.problem(opening, std::string{"this "} + bracket + " is never closed",
                            std::string{"close it with "} + (bracket == '{' ? '}' : ']'));
        return;
    }
    Explained said = explain(document, offset, message);
    builder.problem(offset, std::move(said.message), std::move(said.hint));
}

} // namespace crier::config
