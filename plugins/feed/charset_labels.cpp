#include "feed/charset_labels.hpp"

#include "feed/ascii.hpp"

#include <algorithm>
#include <iterator>

namespace crier::feed {
namespace {

constexpr CharsetLabel labels[] = {
    {"utf-8", "UTF-8", false},
    {"utf8", "UTF-8", false},
    {"us-ascii", "WINDOWS-1252", true},
    {"ascii", "WINDOWS-1252", true},
    {"iso-8859-1", "WINDOWS-1252", true},
    {"iso8859-1", "WINDOWS-1252", true},
    {"iso_8859-1", "WINDOWS-1252", true},
    {"latin1", "WINDOWS-1252", true},
    {"latin-1", "WINDOWS-1252", true},
    {"windows-1252", "WINDOWS-1252", true},
    {"cp1252", "WINDOWS-1252", true},
    {"iso-8859-2", "ISO-8859-2", true},
    {"iso-8859-3", "ISO-8859-3", true},
    {"iso-8859-4", "ISO-8859-4", true},
    {"iso-8859-5", "ISO-8859-5", true},
    {"iso-8859-6", "ISO-8859-6", true},
    {"iso-8859-7", "ISO-8859-7", true},
    {"iso-8859-8", "ISO-8859-8", true},
    {"iso-8859-9", "WINDOWS-1254", true},
    {"iso-8859-10", "ISO-8859-10", true},
    {"iso-8859-13", "ISO-8859-13", true},
    {"iso-8859-14", "ISO-8859-14", true},
    {"iso-8859-15", "ISO-8859-15", true},
    {"iso-8859-16", "ISO-8859-16", true},
    {"windows-1250", "WINDOWS-1250", true},
    {"windows-1251", "WINDOWS-1251", true},
    {"windows-1253", "WINDOWS-1253", true},
    {"windows-1254", "WINDOWS-1254", true},
    {"windows-1255", "WINDOWS-1255", true},
    {"windows-1256", "WINDOWS-1256", true},
    {"windows-1257", "WINDOWS-1257", true},
    {"windows-1258", "WINDOWS-1258", true},
    {"windows-874", "CP874", true},
    {"tis-620", "CP874", true},
    {"koi8-r", "KOI8-R", true},
    {"koi8-u", "KOI8-U", true},
    {"macintosh", "MACINTOSH", true},
    {"gb2312", "GB18030", false},
    {"gbk", "GB18030", false},
    {"gb18030", "GB18030", false},
    {"big5", "BIG5-HKSCS", false},
    {"shift_jis", "CP932", false},
    {"shift-jis", "CP932", false},
    {"windows-31j", "CP932", false},
    {"euc-jp", "EUC-JP", false},
    {"iso-2022-jp", "ISO-2022-JP", false},
    {"euc-kr", "UHC", false},
    {"ks_c_5601-1987", "UHC", false},
    {"utf-16", "UTF-16LE", false},
    {"utf-16le", "UTF-16LE", false},
    {"utf-16be", "UTF-16BE", false},
    {"utf-32", "UTF-32LE", false},
    {"ucs-2", "UTF-16LE", false},
};

} // namespace

const CharsetLabel* find_charset(std::string_view label) {
    const auto* found =
        std::find_if(std::begin(labels), std::end(labels),
                     [label](const CharsetLabel& known) { return same_but_case(label, known.label); });
    return found == std::end(labels) ? nullptr : found;
}

} // namespace crier::feed
