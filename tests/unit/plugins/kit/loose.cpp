// What people write in the place of what an item has.

#include "kit/loose.hpp"

#include "kit/json_path.hpp"
#include "kit/moment.hpp"
#include "kit/written.hpp"

#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <boost/test/unit_test.hpp>

#include <string>

using namespace crier::kit;
namespace json = boost::json;

namespace {

std::string as_json(const json::value& value) {
    return json::serialize(value);
}

} // namespace

BOOST_AUTO_TEST_SUITE(kit_loose)

BOOST_AUTO_TEST_CASE(names_that_people_use_mean_a_field) {
    const struct {
        const char* name;
        const char* field;
    } cases[] = {{"Title", "title"},  {" LINK ", "link"},
                 {"text", "content"}, {"Body", "content"},
                 {"url", "link"},     {"Tags", "categories"},
                 {"photo", "media"},  {"Alt-Text", "alt"},
                 {"alt text", "alt"}, {"date", "published"},
                 {"At", "due"},       {"description-of-image", "alt"},
                 {"description", ""}, {"", ""},
                 {"titles", ""},      {"gone", ""}};
    for (const auto& [name, field] : cases)
        BOOST_TEST(field_of(name) == field, name);
    BOOST_TEST(is_own_name("Content"));
    BOOST_TEST(!is_own_name("text"));
}

BOOST_AUTO_TEST_CASE(times_may_lack_what_a_person_leaves_out) {
    const struct {
        const char* written;
        const char* read;
    } cases[] = {{"2026-11-24", "2026-11-24T00:00:00Z"},
                 {"2026-11-24 12:00", "2026-11-24T12:00:00Z"},
                 {"2026-11-24 9:05", "2026-11-24T09:05:00Z"},
                 {"2026-11-24T12:00:30.5", "2026-11-24T12:00:30.5Z"},
                 {"2026-11-24 12:00+0100", "2026-11-24T12:00:00+01:00"},
                 {"2026-11-24 12:00 +01:00", "2026-11-24T12:00:00+01:00"},
                 {"2026-11-24 12:00 UTC", "2026-11-24T12:00:00Z"},
                 {"2026-11-24T12:00:00-05:30", "2026-11-24T12:00:00-05:30"}};
    for (const auto& [written, read] : cases) {
        BOOST_TEST(loosened_time(written) == read);
        BOOST_TEST(parse_moment(read).has_value());
    }
    for (const char* wrong :
         {"", "tomorrow", "24.11.2026", "2026-11-2412:00", "2026-11-24 noon", "2026-11-24 12", "2026-13-24",
          "2026-11-24 12:00 Europe/Berlin", "2026-11-24 25:00"})
        BOOST_TEST(!parse_moment(loosened_time(wrong)).has_value(), wrong);
}

BOOST_AUTO_TEST_CASE(texts_stand_for_lists) {
    const struct {
        const char* field;
        const char* written;
        const char* read;
    } cases[] = {
        {"categories", R"("a, b c; d")", R"(["a","b c","d"])"},
        {"categories", R"("#a #b, c")", R"(["a","b","c"])"},
        {"categories", R"(["#a", 2026, null, " b "])", R"(["a","2026","b"])"},
        {"categories", R"(" ,; # ")", "[]"},
        {"categories", "7", "7"},
        {"media", R"("https://e.org/a,b.png")", R"([{"url":"https://e.org/a,b.png"}])"},
        {"media", R"("https://e.org/a, https://e.org/b http://e.org/c")",
         R"([{"url":"https://e.org/a"},{"url":"https://e.org/b"},{"url":"http://e.org/c"}])"},
        {"media", R"("https://e.org/a|https://e.org/b")",
         R"([{"url":"https://e.org/a"},{"url":"https://e.org/b"}])"},
        {"media", R"("https://e.org/a/https://e.org/b")", R"([{"url":"https://e.org/a/https://e.org/b"}])"},
        {"media", R"("my picture.jpg")", R"([{"file":"my picture.jpg"}])"},
        {"media", R"(["a.jpg", {"url": "u"}, null])", R"([{"file":"a.jpg"},{"url":"u"}])"},
        {"media", R"({"url": "u"})", R"([{"url":"u"}])"},
        {"title", "2026", R"("2026")"},
        {"title", R"("  ")", "null"},
        {"weight", R"("2.5")", "2.5E0"},
        {"weight", "3", "3"},
        {"weight", R"("much")", R"("much")"},
        {"due", R"("2026-11-24")", R"("2026-11-24T00:00:00Z")"},
    };
    for (const auto& [field, written, read] : cases)
        BOOST_TEST(as_json(loosened(field, json::parse(written))) == read);
}

BOOST_AUTO_TEST_CASE(descriptions_go_with_the_media_in_their_order) {
    const auto alts = [](const char* media, std::initializer_list<const char*> texts) {
        std::vector<Written> fields{{"id", 1}, {"media", json::parse(media)}};
        for (const char* alt : texts)
            fields.push_back({"alt", json::parse(alt)});
        const ReadItem read = read_written(fields, Files::beside);
        std::string all;
        for (const crier::sdk::Media& one : read.item.media)
            all += one.url + one.file + "=" + one.alt + " ";
        for (const std::string& trouble : read.troubles)
            all += "! " + trouble;
        return all;
    };
    BOOST_TEST(alts(R"("a.png")", {R"(" A dot ")"}) == "a.png=A dot ");
    BOOST_TEST(alts(R"(["a.png", "b.png"])", {R"(["A", "B"])"}) == "a.png=A b.png=B ");
    BOOST_TEST(alts(R"(["a.png", "b.png"])", {R"("")", R"("B")"}) == "a.png= b.png=B ");
    BOOST_TEST(alts(R"({"url": "https://e.org/a", "alt": "own"})", {R"("A")"}) == "https://e.org/a=own ");
    BOOST_TEST(alts("[]", {R"("A")"}) == "! \"alt\" must describe a medium that is there ('A')");
    BOOST_TEST(alts(R"("a.png")", {"[[\"A\"]]"}) == "a.png= ! \"alt\" must be a text, or a list of texts");
}

BOOST_AUTO_TEST_CASE(paths_lead_into_values) {
    const json::value value = json::parse(R"({"a": {"b": [{"c": 1}, 2]}, "a.b": 3, "d": {"e.f": 4}, "": 5})");
    const struct {
        const char* path;
        const char* found;
    } cases[] = {
        {"a.b.0.c", "1"},  {"a.b.1", "2"}, {"a.b", "3"}, {"d.e.f", "4"}, {"a.b.2", ""},
        {"a.b.-1", ""},    {"a.b.x", ""},  {"x", ""},    {"", "5"},      {"a.b.99999999999999999999", ""},
        {"a.b.0.c.d", ""}, {"a.", ""}};
    for (const auto& [path, found] : cases) {
        const json::value* at = at_path(value, path);
        BOOST_TEST((at == nullptr ? "" : as_json(*at)) == found, path);
    }
}

BOOST_AUTO_TEST_SUITE_END()
