#include "harness.hpp"

#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>

#include <ostream>
#include <string>

using namespace crier::feed::test;
using namespace std::string_literals;

namespace {

/// A feed whose only title is `title`, declared to be written in `encoding`.
std::string declared(const std::string& encoding, const std::string& title) {
    return "<?xml version=\"1.0\" encoding=\"" + encoding +
           "\"?><rss version=\"2.0\"><channel><item><title>" + title + "</title></item></channel></rss>";
}

std::string undeclared(const std::string& title) {
    return "<rss version=\"2.0\"><channel><item><title>" + title + "</title></item></channel></rss>";
}

/// ASCII as UTF-16 or UTF-32.
std::string wide(const std::string& ascii, std::size_t unit, bool big_endian) {
    std::string out;
    for (const char c : ascii) {
        std::string one(unit, '\0');
        one[big_endian ? unit - 1 : 0] = c;
        out += one;
    }
    return out;
}

struct Case {
    std::string name;
    std::string document;
    std::string content_type;
    std::string title;
    std::string warning; ///< a part of it; empty: there is none
};
std::ostream& operator<<(std::ostream& out, const Case& one) {
    return out << one.name;
}

const Case cases[] = {
    {"UTF-8 by declaration", declared("UTF-8", "naïve – 日本"), "", "naïve – 日本", ""},
    {"UTF-8 by nothing", undeclared("naïve – 日本 🙂"), "", "naïve – 日本 🙂", ""},
    {"UTF-8 with its mark", "\xef\xbb\xbf" + declared("UTF-8", "naïve"), "", "naïve", ""},
    {"the mark wins", "\xef\xbb\xbf" + declared("iso-8859-1", "naïve"), "", "naïve", ""},
    {"Latin-1 by declaration", declared("ISO-8859-1", "na\xefve"), "", "naïve", ""},
    {"single quotes",
     "<?xml version='1.0' encoding = 'latin1'?><rss><item><title>na\xefve</title></item></rss>", "", "naïve",
     ""},
    {"windows-1252 that says Latin-1", declared("iso-8859-1", "\x93na\xefve\x94 \x96 5 \x80"), "",
     "“naïve” – 5 €", ""},
    {"windows-1252 by declaration", declared("windows-1252", "\x93x\x94"), "", "“x”", ""},
    {"windows-1252 by header", undeclared("\x93na\xefve\x94"), "text/xml; charset=Windows-1252", "“naïve”",
     ""},
    {"a header in quotes", undeclared("na\xefve"), "text/xml;charset=\"iso-8859-1\"; x=y", "naïve", ""},
    {"the document knows better than the header", declared("UTF-8", "naïve"), "text/xml; charset=iso-8859-1",
     "naïve", ""},
    {"koi8-r", declared("koi8-r", "\xcd\xc9\xd2"), "", "мир", ""},
    {"windows-1251", declared("windows-1251", "\xec\xe8\xf0"), "", "мир", ""},
    {"iso-8859-15", declared("iso-8859-15", "5 \xa4"), "", "5 €", ""},
    {"shift_jis", declared("Shift_JIS", "\x93\xfa\x96\x7b"), "", "日本", ""},
    {"euc-jp", declared("EUC-JP", "\xc6\xfc\xcb\xdc"), "", "日本", ""},
    {"gb2312", declared("gb2312", "\xd6\xd0"), "", "中", ""},
    {"big5", declared("Big5", "\xa4\xa4"), "", "中", ""},
    {"UTF-16LE with its mark", "\xff\xfe" + wide(declared("utf-16", "wide"), 2, false), "", "wide", ""},
    {"UTF-16BE with its mark", "\xfe\xff" + wide(declared("utf-16", "wide"), 2, true), "", "wide", ""},
    {"UTF-16LE without", wide(declared("utf-16", "wide"), 2, false), "", "wide", ""},
    {"UTF-16BE without", wide(declared("utf-16", "wide"), 2, true), "", "wide", ""},
    {"UTF-32LE", "\xff\xfe\0\0"s + wide(undeclared("wide"), 4, false), "", "wide", ""},
    {"UTF-16 beyond the first plane",
     "\xff\xfe" + wide("<rss><item><title>", 2, false) + "\x3d\xd8\x42\xde" +
         wide("</title></item></rss>", 2, false),
     "", "🙂", ""},
    {"half a surrogate pair",
     "\xff\xfe" + wide("<rss><item><title>", 2, false) + "\x3d\xd8" +
         wide("x</title></item></rss>", 2, false),
     "", "�x", ""},
    // said wrongly
    {"UTF-16 in single bytes, as .NET has it", declared("utf-16", "naïve"), "", "naïve",
     "written in utf-16, but"},
    {"Latin-1 that is UTF-8", declared("ISO-8859-1", "naïve"), "", "naïve", "but it is UTF-8"},
    {"ASCII that is UTF-8", undeclared("naïve"), "text/xml; charset=us-ascii", "naïve", "but it is UTF-8"},
    {"Latin-1 that is ASCII", declared("ISO-8859-1", "plain"), "", "plain", ""},
    {"GB2312 that is UTF-8", declared("gb2312", "日本語。"), "", "日本語。", "but it is UTF-8"},
    {"Shift_JIS that is UTF-8", declared("Shift_JIS", "日本 naïve 本"), "", "日本 naïve 本",
     "but it is UTF-8"},
    {"EUC-KR that is UTF-8, by header", undeclared("안녕하세요"), "text/xml; charset=euc-kr", "안녕하세요",
     "but it is UTF-8"},
    {"GB2312 that only looks like UTF-8", declared("gb2312", "\xc2\xa1\xc3\xa2"), "", "隆芒", ""},
    {"GB2312 that is ASCII", declared("gb2312", "plain"), "", "plain", ""},
    {"ISO-2022-JP", declared("ISO-2022-JP", "\x1b$BF|K\\\x1b(B"), "", "日本", ""},
    {"UTF-8 that is Latin-1", declared("UTF-8", "na\xefve"), "", "naïve", "read as windows-1252"},
    {"UTF-8 with some windows-1252", declared("UTF-8", "naïve \x93x\x94"), "", "naïve “x”",
     "read as windows-1252"},
    {"surrogates in UTF-8", undeclared("a\xed\xa0\xbd\xed\xb9\x82z"), "", "a��z", "read as windows-1252"},
    {"no character of XML", undeclared("a\xef\xbf\xbfz"), "", "a�z", "read as windows-1252"},
    {"longer than need be", undeclared("a\xc0\xafz"), "", "aÀ¯z", "read as windows-1252"},
    {"an encoding nobody knows", declared("x-klingon", "naïve"), "", "naïve", "'x-klingon' is not known"},
    {"one whose name is in no encoding", declared("x-kl\xefngon\x01", "naïve"), "", "naïve",
     "'x-kl?ngon?' is not known"},
    {"one that is not offered", declared("ISO-2022-CN-EXT", "naïve"), "", "naïve", "is not known"},
    {"Shift_JIS with rubbish in it", declared("Shift_JIS", "\x93\xfa\xff\xff."), "", "日��.", ""},
};

} // namespace

BOOST_AUTO_TEST_SUITE(charsets)

BOOST_DATA_TEST_CASE(are_found_out, cases) {
    const Yield yield = read(sample.document, Origin{sample.content_type});
    BOOST_TEST(yield.error.empty(), yield.error);
    BOOST_REQUIRE_EQUAL(yield.items.size(), 1U);
    BOOST_TEST(value_of("title", yield.items[0]) == sample.title);
    if (sample.warning.empty())
        BOOST_TEST(joined(yield.warnings) == "");
    else
        BOOST_TEST(joined(yield.warnings).find(sample.warning) != std::string::npos, joined(yield.warnings));
}

BOOST_AUTO_TEST_CASE(json_may_be_wide_too) {
    const std::string document = "{\"items\": [{\"id\": \"1\", \"title\": \"wide\"}]}";
    for (const std::string& bytes : {wide(document, 2, false), "\xfe\xff" + wide(document, 2, true)})
        BOOST_TEST(only_item(bytes) == "id: 1\ntitle: wide\n");
}

BOOST_AUTO_TEST_SUITE_END()
