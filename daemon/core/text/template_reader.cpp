#include "core/text/template_reader.hpp"

#include "core/ascii.hpp"

#include <utility>

namespace crier::text {
namespace {

bool is_blank(char c) {
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

bool is_name_char(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || ascii::is_digit(c) || c == '_';
}

} // namespace

bool TemplateReader::is_closed() const {
    const std::size_t close = source_.find("}}", at_);
    return close != std::string_view::npos && close < source_.find("{{", at_);
}

std::string TemplateReader::found() const {
    const std::string_view rest = source_.substr(at_, 12);
    return "'" + std::string{rest.substr(0, rest.find_first_of(" \n\t|}"))} + "'";
}

void TemplateReader::skip_blanks() {
    while (!at_end() && is_blank(source_[at_]))
        ++at_;
}

std::string_view TemplateReader::literal() {
    const std::string_view text = source_.substr(at_, source_.find("{{", at_) - at_);
    at_ += text.size();
    return text;
}

std::string_view TemplateReader::name() {
    const std::size_t begin = at_;
    if (!ascii::is_digit(here()))
        while (!at_end() && is_name_char(source_[at_]))
            ++at_;
    return source_.substr(begin, at_ - begin);
}

bool TemplateReader::text(std::string& into) {
    const std::size_t begin = at_;
    const char quote = source_[at_++];
    for (; !at_end(); ++at_) {
        const char c = source_[at_];
        if (c == quote) {
            ++at_;
            return true;
        }
        if (c != '\\') {
            into += c;
            continue;
        }
        ++at_;
        if (at_end())
            break;
        switch (source_[at_]) {
        case 'n':
            into += '\n';
            break;
        case 't':
            into += '\t';
            break;
        case '\\':
        case '\'':
        case '"':
            into += source_[at_];
            break;
        default:
            return fail(at_ - 1, "\\" + std::string(1, source_[at_]) + " is not understood",
                        "a backslash makes \\n, \\t, \\\\, \\' and \\\"");
        }
    }
    return fail(begin, "the text in quotes is never closed");
}

bool TemplateReader::arguments(Arguments& into) {
    skip_blanks();
    if (here() != '(')
        return true;
    const std::size_t open = at_++;
    skip_blanks();
    if (here() == ')') {
        ++at_;
        return true;
    }
    for (;;) {
        skip_blanks();
        if (!argument(into))
            return false;
        skip_blanks();
        const char c = here();
        if (c != ',' && c != ')')
            return at_end() || at_close() ? fail(open, "the parenthesis is never closed")
                                          : fail(at_, "expected , or ), found " + found());
        ++at_;
        if (c == ')')
            return true;
    }
}

bool TemplateReader::argument(Arguments& into) {
    if (!at_quote())
        return number(into);
    std::string given;
    if (!text(given))
        return false;
    into.emplace_back(std::move(given));
    return true;
}

bool TemplateReader::number(Arguments& into) {
    constexpr std::size_t most_digits = 9;
    const std::size_t begin = at_;
    const bool negative = here() == '-';
    const std::size_t first = begin + (negative ? 1 : 0);
    std::size_t end = first;
    while (end < source_.size() && ascii::is_digit(source_[end]))
        ++end;
    if (end == first)
        return fail(begin, "expected a text in quotes or a number, found " + found());
    if (end - first > most_digits)
        return fail(begin, negative ? "the number is too small" : "the number is too large");
    at_ = end;
    into.emplace_back(std::int64_t{std::stol(std::string{source_.substr(begin, end - begin)})});
    return true;
}

bool TemplateReader::fail(std::size_t offset, std::string message, std::string hint) {
    problem_ = {offset, std::move(message), std::move(hint)};
    return false;
}

} // namespace crier::text
