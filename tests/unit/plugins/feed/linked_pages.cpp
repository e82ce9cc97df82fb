#include "feed/linked_page.hpp"

#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>

#include <ostream>
#include <string>

using crier::feed::LinkedPage;
using crier::feed::read_linked_page;
using namespace std::string_literals;

namespace {

struct PageCase {
    std::string name;
    std::string bytes;
    std::string lines; ///< what shown_page() gives
    std::string content_type;
};
std::ostream& operator<<(std::ostream& out, const PageCase& page) {
    return out << page.name;
}

/// What there is, a line each; line breaks are shown as "|".
std::string shown_page(const LinkedPage& page) {
    std::string out;
    const auto add = [&out](const char* word, std::string value) {
        for (char& c : value)
            if (c == '\n')
                c = '|';
        if (!value.empty())
            out += std::string{word} + ": " + value + "\n";
    };
    add("image", page.image);
    add("alt", page.image_alt);
    add("type", page.image_type);
    add("description", page.description);
    add("title", page.title);
    add("canonical", page.canonical);
    if (page.published)
        add("published", std::to_string(*page.published / 1'000'000));
    return out;
}

std::string page_head(const std::string& inside) {
    return "<!DOCTYPE html>\n<html lang=\"en\"><head>" + inside + "</head><body><p>x</p></body></html>";
}

std::string utf16(const std::string& ascii) {
    std::string out = "\xff\xfe";
    for (const char c : ascii)
        out += std::string{c, '\0'};
    return out;
}

const std::string site = "https://example.org/";

const PageCase page_cases[] = {
    {"all that is asked for",
     page_head("<meta charset=\"utf-8\"><title>T | Site</title><base href=\"/x/\">"
               "<link rel=\"canonical\" href=\"https://example.org/one\">"
               "<meta property=\"og:title\" content=\"A title\"><meta property=\"og:description\" "
               "content=\"Words\">"
               "<meta property=\"og:image\" content=\"i.jpg\"><meta property=\"og:image:type\" "
               "content=\"image/jpeg\">"
               "<meta property=\"og:image:alt\" content=\"A harbour\">"
               "<meta property=\"article:published_time\" content=\"2026-11-24T12:00:00Z\">"),
     "image: " + site +
         "x/i.jpg\nalt: A harbour\ntype: image/jpeg\ndescription: Words\ntitle: A title\ncanonical: " + site +
         "one\npublished: 1795521600\n",
     "text/html"},
    {"nothing", "", "", ""},
    {"no page", "Not found", "", "text/plain"},
    {"bytes of a picture", "\x89PNG\r\n\x1a\n\0\0\0\rIHDR"s, "", "image/png"},
    {"only a title", page_head("<title>\n  Tom &amp; Jerry&#8217;s\n</title>"), "title: Tom & Jerry’s\n", ""},
    {"the title of a picture is not the page's", page_head("<svg><title>no</title></svg><title>t</title>"),
     "title: t\n", ""},
    {"only a description", page_head("<meta name=\"description\" content=\"a &lt;b&gt; c\">"),
     "description: a <b> c\n", ""},
    {"og before twitter before the plain one",
     page_head("<meta name=description content=no><meta name=\"twitter:description\" content=no>"
               "<meta property=og:description content=d>"),
     "description: d\n", ""},
    {"twitter before the plain one",
     page_head("<meta name=description content=no><meta name=\"twitter:description\" content=d>"),
     "description: d\n", ""},
    {"a name in place of a property", page_head("<meta name=\"og:image\" content=\"/i.jpg\">"),
     "image: " + site + "i.jpg\n", ""},
    {"capitals, single quotes, no quotes",
     page_head("<META CONTENT='/i.jpg' PROPERTY='OG:Image'><meta property=og:title content=t>"),
     "image: " + site + "i.jpg\ntitle: t\n", ""},
    {"the first of several images",
     page_head(
         "<meta property=\"og:image\" content=\"/1.jpg\"><meta property=\"og:image:alt\" content=\"One\">"
         "<meta property=\"og:image\" content=\"/2.jpg\"><meta property=\"og:image:alt\" content=\"Two\">"),
     "image: " + site + "1.jpg\nalt: One\n", ""},
    {"what is said of the second is not said of the first",
     page_head(
         "<meta property=\"og:image\" content=\"/1.jpg\"><meta property=\"og:image\" content=\"/2.jpg\">"
         "<meta property=\"og:image:alt\" content=\"Two\"><meta property=\"og:image:type\" "
         "content=\"image/png\">"),
     "image: " + site + "1.jpg\n", ""},
    {"a secure address where the other is none",
     page_head("<meta property=\"og:image\" content=\"data:image/png;base64,AAAA\">"
               "<meta property=\"og:image:secure_url\" content=\"https://cdn.example/i.jpg\">"),
     "image: https://cdn.example/i.jpg\n", ""},
    {"twitter's image with its alternative text",
     page_head("<meta name=\"twitter:image\" content=\"//cdn.example/i.jpg\">"
               "<meta name=\"twitter:image:alt\" content=\"A &quot;harbour&quot;\">"),
     "image: https://cdn.example/i.jpg\nalt: A \"harbour\"\n", ""},
    {"twitter's older word for it", page_head("<meta name=\"twitter:image:src\" content=\"/i.jpg\">"),
     "image: " + site + "i.jpg\n", ""},
    {"twitter's words for the same image",
     page_head(
         "<meta property=\"og:image\" content=\"/i.jpg\"><meta name=\"twitter:image\" content=\"/i.jpg\">"
         "<meta name=\"twitter:image:alt\" content=\"A harbour\">"),
     "image: " + site + "i.jpg\nalt: A harbour\n", ""},
    {"twitter's words for another image",
     page_head(
         "<meta property=\"og:image\" content=\"/i.jpg\"><meta name=\"twitter:image\" content=\"/j.jpg\">"
         "<meta name=\"twitter:image:alt\" content=\"no\">"),
     "image: " + site + "i.jpg\n", ""},
    {"an alternative text without an image", page_head("<meta property=\"og:image:alt\" content=\"no\">"), "",
     ""},
    {"a type that is no image's",
     page_head("<meta property=\"og:image\" content=\"/i\"><meta property=\"og:image:type\" "
               "content=\"text/html\">"),
     "image: " + site + "i\n", ""},
    {"references in an address",
     page_head("<meta property=\"og:image\" content=\" /i?a=1&amp;b=2&#38;c=3 \">"),
     "image: " + site + "i?a=1&b=2&c=3\n", ""},
    {"an empty one leaves the place to the next",
     page_head("<meta property=\"og:title\" content=\" \"><meta name=\"twitter:title\" content=\"t\">"),
     "title: t\n", ""},
    {"lines of a description",
     page_head("<meta property=\"og:description\" content=\"One\n\n\n\ntwo  three\">"),
     "description: One||two three\n", ""},
    {"several words in rel",
     page_head("<link rel=\"shortlink  CANONICAL\" href=\"?p=1\"><link rel=next href=/2>"),
     "canonical: " + site + "page?p=1\n", ""},
    {"a canonical address that is none", page_head("<link rel=\"canonical\" href=\"javascript:x\">"), "", ""},
    {"a base elsewhere",
     page_head(
         "<base target=_blank><base href=\"https://cdn.example/a/\"><meta property=og:image content=i.jpg>"),
     "image: https://cdn.example/a/i.jpg\n", ""},
    {"a date that is none", page_head("<meta property=\"article:published_time\" content=\"soon\">"), "", ""},
    // where the head ends
    {"in the body nothing counts",
     "<html><body><meta property=\"og:image\" content=\"/no.jpg\"><title>no</title></body></html>", "", ""},
    {"behind the head nothing counts",
     "<head><title>t</title></head><meta property=\"og:image\" content=\"/no.jpg\">", "title: t\n", ""},
    {"without html and head", "<title>t</title><meta property=\"og:image\" content=\"/i.jpg\"><body>",
     "image: " + site + "i.jpg\ntitle: t\n", ""},
    {"in comments and scripts nothing counts",
     page_head(
         "<!-- <meta property=\"og:title\" content=\"no\"> --><script>'<meta property=\"og:title\" "
         "content=\"no\">'</script><style><title>no</title></style><noscript><meta property=\"og:title\" "
         "content=\"no\"></noscript><template><title>no</title></template><title>t</title>"),
     "title: t\n", ""},
    {"it breaks off in a tag", "<head><title>t</title><meta property=\"og:image\" content=\"/i",
     "image: " + site + "i\ntitle: t\n", ""},
    {"it breaks off in a script", "<head><title>t</title><script>var x", "title: t\n", ""},
    {"it breaks off in a title", "<head><title>words", "title: words\n", ""},
    {"too far down",
     "<head><!--" + std::string(std::size_t{600} << 10U, 'x') +
         "--><meta property=\"og:image\" content=\"/no\">",
     "", ""},
    // encodings
    {"UTF-8 by nothing", page_head("<title>naïve – 日本</title>"), "title: naïve – 日本\n", "text/html"},
    {"UTF-8 with its mark", "\xef\xbb\xbf" + page_head("<title>naïve</title>"), "title: naïve\n",
     "text/html; charset=iso-8859-1"},
    {"by the server", page_head("<title>\xec\xe8\xf0</title>"), "title: мир\n",
     "text/html; charset=\"windows-1251\""},
    {"by a meta", page_head("<meta charset=windows-1251><title>\xec\xe8\xf0</title>"), "title: мир\n",
     "text/html"},
    {"by the older meta",
     page_head("<meta http-equiv=\"Content-Type\" content=\"text/html; "
               "charset=Shift_JIS\"><title>\x93\xfa\x96\x7b</title>"),
     "title: 日本\n", "text/html"},
    {"the server before a meta", page_head("<meta charset=koi8-r><title>\xec\xe8\xf0</title>"),
     "title: мир\n", "text/html; charset=windows-1251"},
    {"by nothing, and no UTF-8", page_head("<title>na\xefve \x93x\x94</title>"), "title: naïve “x”\n", ""},
    {"says Latin-1 and is UTF-8", page_head("<meta charset=iso-8859-1><title>naïve</title>"),
     "title: naïve\n", ""},
    {"UTF-16", utf16(page_head("<title>wide</title>")), "title: wide\n", "text/html"},
    {"an encoding nobody knows", page_head("<meta charset=x-nobody><title>na\xefve</title>"),
     "title: naïve\n", ""},
    {"says UTF-8 and is not all of it", page_head("<meta charset=utf-8><title>naïve \x93x</title>"),
     "title: naïve “x\n", ""},
    {"control characters and zero bytes", page_head("<title>a\0b\x01</title>"s), "title: ab\n", ""},
};

} // namespace

BOOST_AUTO_TEST_SUITE(linked_pages)

BOOST_DATA_TEST_CASE(say_what_a_post_may_need, page_cases) {
    BOOST_TEST(shown_page(read_linked_page(sample.bytes, sample.content_type, site + "page")) ==
               sample.lines);
}

BOOST_AUTO_TEST_CASE(without_an_address_only_whole_ones_count) {
    BOOST_TEST(shown_page(read_linked_page(
                   page_head("<meta property=og:image content=/i.jpg><meta name=twitter:image "
                             "content=https://cdn.example/j.jpg><link rel=canonical href=/x>"),
                   {}, {})) == "image: https://cdn.example/j.jpg\n");
}

BOOST_AUTO_TEST_CASE(break_off_at_every_byte) {
    const std::string& whole = page_cases[0].bytes;
    for (std::size_t size = 0; size < whole.size(); ++size)
        (void)read_linked_page(std::string_view{whole}.substr(0, size), "text/html", site);
}

BOOST_AUTO_TEST_CASE(survive_any_byte_anywhere) {
    const std::string& whole = page_cases[0].bytes;
    for (std::size_t at = 0; at < whole.size(); ++at)
        for (const char c : "<>\"'&;!-/=\0\xff"s) {
            std::string changed = whole;
            changed[at] = c;
            const LinkedPage page = read_linked_page(changed, "text/html", site);
            BOOST_TEST((page.image.empty() || page.image.substr(0, 4) == "http"));
        }
}

BOOST_AUTO_TEST_CASE(long_values_are_cut) {
    const LinkedPage page = read_linked_page(
        page_head("<meta property=\"og:description\" content=\"" + std::string(400'000, 'x') + "\">"), {},
        site);
    BOOST_TEST(page.description.size() == 10'000U);
}

// Where the time grows with the square of the size, these take minutes, and CTest ends them.
BOOST_AUTO_TEST_CASE(the_time_is_linear_in_the_size) {
    for (const char* part : {"<", "<a", "<a b=\"", "<!--", "</", "<title>", "<script>", "<style></", "<meta ",
                             "<meta content=\"", "<meta property=og:image content=/x>",
                             "<link rel=\" a a a\">", "<base href=/>", "&amp;", "\xff", "\xef\xbb\xbf"}) {
        std::string many;
        while (many.size() < 2'000'000)
            many += part;
        (void)read_linked_page(many, "text/html", site);
    }
}

BOOST_AUTO_TEST_SUITE_END()
