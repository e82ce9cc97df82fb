#include "feed/person.hpp"

#include "kit/ascii.hpp"

#include <algorithm>
#include <string_view>

namespace crier::feed {
namespace {

bool is_in_mail_address(char c) {
    return kit::is_letter(c) || kit::is_digit(c) || c == '@' || static_cast<unsigned char>(c) >= 0x80 ||
           std::string_view{".!#$%&'*+/=?^_`{|}~-:"}.find(c) != kit::npos;
}

/// Where the first address of e-mail begins and ends, "mailto:" included; nothing: begin == end.
struct Span {
    std::size_t begin = 0;
    std::size_t end = 0;
};

Span find_mail_address(std::string_view text) {
    for (auto at = text.find('@'); at != kit::npos; at = text.find('@', at + 1)) {
        Span found{at, at + 1};
        while (found.begin > 0 && is_in_mail_address(text[found.begin - 1]))
            --found.begin;
        while (found.end < text.size() && is_in_mail_address(text[found.end]))
            ++found.end;
        if (found.begin < at && found.end > at + 1)
            return found;
        at = found.end - 1;
    }
    return {};
}

/// What stands between a name and an address, or around a name.
std::string_view without_marks(std::string_view text) {
    constexpr std::string_view marks = " \t,;<>[]\"-";
    const auto first = text.find_first_not_of(marks);
    if (first == kit::npos)
        return {};
    text = text.substr(first, text.find_last_not_of(marks) - first + 1);
    // One pair of parentheses around all of it; those in a name belong to it.
    if (text.front() == '(' && text.back() == ')')
        text = kit::trimmed(text.substr(1, text.size() - 2));
    return text == "(" || text == ")" ? std::string_view{} : text;
}

} // namespace

bool is_mail_address(const std::string& text) {
    const Span mail = find_mail_address(text);
    return mail.begin == 0 && mail.end == text.size() && !text.empty();
}

std::string person_name(std::string text) {
    Span mail = find_mail_address(text);
    if (without_marks(kit::trimmed(text)).empty()) // "()", where a template had nothing to say
        return {};
    if (mail.begin == mail.end) {
        const std::string_view name = kit::trimmed(text);
        const bool quoted = name.size() > 2 && name.front() == '"' && name.back() == '"';
        return std::string{quoted ? name.substr(1, name.size() - 2) : name};
    }
    std::string_view address = std::string_view{text}.substr(mail.begin, mail.end - mail.begin);
    constexpr std::string_view scheme = "mailto:";
    if (kit::starts_but_case(address, scheme))
        address.remove_prefix(scheme.size());
    // "Jo <jo@x>", "Jo (jo@x)": what encloses the address goes with it.
    const auto encloses = [&text](std::size_t before, std::size_t behind) {
        return before < text.size() && behind < text.size() &&
               ((text[before] == '<' && text[behind] == '>') ||
                (text[before] == '(' && text[behind] == ')') || (text[before] == '[' && text[behind] == ']'));
    };
    if (mail.begin > 0 && encloses(mail.begin - 1, mail.end)) {
        --mail.begin;
        ++mail.end;
    }
    const std::string_view before = without_marks(std::string_view{text}.substr(0, mail.begin));
    const std::string_view behind = without_marks(std::string_view{text}.substr(mail.end));
    return std::string{!before.empty() ? before : !behind.empty() ? behind : address};
}

} // namespace crier::feed
