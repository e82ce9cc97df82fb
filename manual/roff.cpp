#include "manual/roff.hpp"

namespace crier::manual {
namespace {

/// `dash`: what "-" becomes; in prose it is a hyphen, in code a minus.
std::string escaped(std::string_view text, std::string_view dash) {
    std::string out;
    for (const char c : text) {
        switch (c) {
        case '\\':
            out += "\\e";
            break;
        case '-':
            out += dash;
            break;
        case '\'':
            out += "\\(aq";
            break;
        case '`':
            out += "\\(ga";
            break;
        case '^':
            out += "\\(ha";
            break;
        case '~':
            out += "\\(ti";
            break;
        case '\n':
            out += ' ';
            break;
        default:
            out += c;
        }
    }
    return out;
}

/// A point at the beginning of a line would begin a request.
std::string as_line(std::string text) {
    return text.starts_with('.') ? "\\&" + text : text;
}

/// A word that begins with a dash is an option, and one to be copied.
std::string plain(std::string_view text) {
    std::string out;
    while (!text.empty()) {
        const auto end = text.find_first_of(" (/", 1);
        const std::string_view word = text.substr(0, end);
        const auto first = word.find_first_not_of(" (/");
        const bool option = first != std::string_view::npos && word[first] == '-';
        out += escaped(word, option ? "\\-" : "-");
        text.remove_prefix(word.size());
    }
    return out;
}

/// "live (default), hold: ...", "check, or revoke": a value is written as it is given.
bool begins_with_value(std::string_view text) {
    const std::size_t blank = text.find(' ');
    const std::string_view word = text.substr(0, blank);
    return word.ends_with(',') || word.ends_with(':') ||
           (blank != std::string_view::npos && text.substr(blank + 1).starts_with("(default"));
}

} // namespace

std::string literal(std::string_view text) {
    return as_line(escaped(text, "\\-"));
}

std::string bold(std::string_view text) {
    return "\\fB" + literal(text) + "\\fR";
}

std::string italic(std::string_view text) {
    return "\\fI" + literal(text) + "\\fR";
}

std::string prose(std::string_view text) {
    std::string out;
    while (!text.empty()) {
        const auto open = text.find('`');
        const auto close = open == std::string_view::npos ? open : text.find('`', open + 1);
        if (close == std::string_view::npos)
            return as_line(out + plain(text));
        out += plain(text.substr(0, open));
        out += bold(text.substr(open + 1, close - open - 1));
        text.remove_prefix(close + 1);
    }
    return as_line(out);
}

std::string sentence(std::string_view text) {
    std::string out{text};
    if (!out.empty() && out.front() >= 'a' && out.front() <= 'z' && !begins_with_value(text))
        out.front() = static_cast<char>(out.front() - ('a' - 'A'));
    if (!out.empty() && out.back() != '.' && out.back() != '?' && out.back() != ':')
        out += '.';
    return prose(out);
}

} // namespace crier::manual
