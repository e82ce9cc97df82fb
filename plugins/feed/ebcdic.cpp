#include "feed/ebcdic.hpp"

#include "feed/charset_convert.hpp"
#include "feed/declaration.hpp"
#include "kit/ascii.hpp"

#include <algorithm>
#include <iterator>

namespace crier::feed {
namespace {

struct Page {
    std::string_view label; ///< letters and figures only, as people write it
    const char* name;       ///< iconv's
};

// The names of RFC 1345 and the IANA's list.
constexpr Page pages[] = {
    {"ibm037", "IBM037"},     {"ibm039", "IBM037"},     {"ibm875", "IBM875"},     {"ebcdiccpus", "IBM037"},
    {"ebcdiccpca", "IBM037"}, {"ebcdiccpnl", "IBM037"}, {"ebcdiccpwt", "IBM037"}, {"ibm273", "IBM273"},
    {"ibm277", "IBM277"},     {"ebcdiccpdk", "IBM277"}, {"ebcdiccpno", "IBM277"}, {"ibm278", "IBM278"},
    {"ebcdiccpfi", "IBM278"}, {"ebcdiccpse", "IBM278"}, {"ibm280", "IBM280"},     {"ebcdiccpit", "IBM280"},
    {"ibm284", "IBM284"},     {"ebcdiccpes", "IBM284"}, {"ibm285", "IBM285"},     {"ebcdiccpgb", "IBM285"},
    {"ibm297", "IBM297"},     {"ebcdiccpfr", "IBM297"}, {"ibm420", "IBM420"},     {"ibm424", "IBM424"},
    {"ibm500", "IBM500"},     {"ebcdiccpbe", "IBM500"}, {"ebcdiccpch", "IBM500"}, {"ibm870", "IBM870"},
    {"ibm871", "IBM871"},     {"ebcdiccpis", "IBM871"}, {"ibm1026", "IBM1026"},   {"ibm1047", "IBM1047"},
    {"ibm1140", "IBM1140"},   {"ibm1141", "IBM1141"},   {"ibm1148", "IBM1148"},
};

/// "cp037", "IBM-037", "ibm01140": one form for all.
std::string plain_label(std::string_view label) {
    std::string out;
    for (const char c : label.substr(0, 40))
        if (kit::is_letter(c) || kit::is_digit(c))
            out += kit::lowered(c);
    for (const std::string_view prefix : {"cp", "ccsid", "csibm", "ibm"})
        if (out.size() > prefix.size() && out.substr(0, prefix.size()) == prefix &&
            kit::is_digit(out[prefix.size()])) {
            std::string digits = out.substr(prefix.size());
            while (digits.size() > 3 && digits.front() == '0')
                digits.erase(0, 1);
            return "ibm" + digits;
        }
    return out;
}

} // namespace

bool is_ebcdic(std::string_view bytes) {
    return bytes.substr(0, 4) == "\x4c\x6f\xa7\x94";
}

Ebcdic ebcdic_of(std::string_view bytes) {
    constexpr std::size_t longest_declaration = 256;
    constexpr const char* first_page = "IBM037";
    Ebcdic found;
    const auto start = convert(bytes.substr(0, longest_declaration), first_page);
    if (start)
        found.said = declared_encoding(*start);
    if (found.said.empty() || plain_label(found.said) == "ebcdic") {
        found.name = first_page;
        return found;
    }
    const std::string wanted = plain_label(found.said);
    const auto* page = std::find_if(std::begin(pages), std::end(pages),
                                    [&wanted](const Page& one) { return one.label == wanted; });
    if (page != std::end(pages))
        found.name = page->name;
    return found;
}

void mend_line_ends(std::string& text) {
    constexpr std::string_view next_line = "\xc2\x85";
    for (auto at = text.find(next_line); at != kit::npos; at = text.find(next_line, at + 1))
        text.replace(at, next_line.size(), " \n"); // of the same size, so that the time stays linear
}

} // namespace crier::feed
