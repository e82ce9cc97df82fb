#include "feed/date_signs.hpp"

#include "kit/ascii.hpp"

#include <algorithm>
#include <iterator>

namespace crier::feed {
namespace {

struct DateSign {
    std::string_view sign;
    std::string_view plain;
};

constexpr DateSign date_signs[] = {
    // The days of the week first: some begin with the sign of the month.
    {"월요일", " "},  {"화요일", " "},  {"수요일", " "},   {"목요일", " "},  {"금요일", " "},
    {"토요일", " "},  {"일요일", " "},  {"月曜日", " "},   {"火曜日", " "},  {"水曜日", " "},
    {"木曜日", " "},  {"金曜日", " "},  {"土曜日", " "},   {"日曜日", " "},  {"星期一", " "},
    {"星期二", " "},  {"星期三", " "},  {"星期四", " "},   {"星期五", " "},  {"星期六", " "},
    {"星期日", " "},  {"星期天", " "},  {"（", "("},       {"）", ")"},      {"−", "-"},
    {"–", "-"},       {"年", "-"},      {"月", "-"},       {"日", " "},      {"년", "-"},
    {"월", "-"},      {"일", " "},      {"時", ":"},       {"时", ":"},      {"시", ":"},
    {"点", ":"},      {"分", ":"},      {"분", ":"},       {"秒", " "},      {"초", " "},
    {"午前", " am "}, {"上午", " am "}, {"오전", " am "},  {"午後", " pm "}, {"下午", " pm "},
    {"오후", " pm "}, {"π.μ.", " am "}, {"μ.μ.", " pm "},  {"：", ":"},      {"　", " "},
    {"º", " "},       {"ª", " "},       {"\xc2\xa0", " "},
};

} // namespace

int offset_by_signs(std::string_view date) {
    constexpr int hour = 3600;
    struct Sign {
        std::string_view sign;
        int offset;
    };
    static constexpr Sign signs[] = {
        {"오전", 9 * hour}, {"오후", 9 * hour}, {"년", 9 * hour},   {"시", 9 * hour},
        {"午前", 9 * hour}, {"午後", 9 * hour}, {"上午", 8 * hour}, {"下午", 8 * hour},
    };
    const auto* found = std::find_if(std::begin(signs), std::end(signs), [date](const Sign& one) {
        return date.find(one.sign) != std::string_view::npos;
    });
    return found == std::end(signs) ? 0 : found->offset;
}

std::string with_plain_signs(std::string_view date) {
    std::string out;
    while (!date.empty()) {
        if (static_cast<unsigned char>(date.front()) < 0x80) { // none of them begins so
            out += date.front();
            date.remove_prefix(1);
            continue;
        }
        const auto* found =
            std::find_if(std::begin(date_signs), std::end(date_signs),
                         [date](const DateSign& one) { return date.substr(0, one.sign.size()) == one.sign; });
        if (found == std::end(date_signs)) {
            out += date.front();
            date.remove_prefix(1);
            continue;
        }
        date.remove_prefix(found->sign.size());
        while (found->plain == ":" && !date.empty() && kit::is_blank(date.front()))
            date.remove_prefix(1);
        // Behind the last of them nothing follows.
        const bool goes_on = !date.empty() && kit::is_digit(date.front());
        out += found->plain == ":" && !goes_on ? " " : found->plain;
    }
    return out;
}

} // namespace crier::feed
