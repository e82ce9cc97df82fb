#include "harness.hpp"

#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>

#include <algorithm>
#include <ostream>
#include <random>
#include <string>

using namespace crier::feed::test;

namespace {

struct File {
    std::string name;
    std::string base_url;
    std::string lines; ///< of all items
    std::int64_t wait; ///< 0: none
};
std::ostream& operator<<(std::ostream& out, const File& file) {
    return out << file.name;
}

const File files[] = {
    {"podcast.xml", "https://harbour.example/feed.xml",
     "id: harbour-2\n"
     "title: Cranes & containers\n"
     "link: https://harbour.example/episodes/2?from=feed&x=1\n"
     "summary: How they stack.\n"
     "content: How they stack:||1. lift|2. turn\n"
     "author: Jo Writer\n"
     "language: en\n"
     "published: 1795521600\n"
     "category: Cranes\n"
     "category: Containers\n"
     "media: enclosure https://harbour.example/2.mp3 audio/mpeg\n"
     "media: media_rss https://harbour.example/2.jpg image/* Cranes at dusk\n"
     "media: content_image https://harbour.example/crane.jpg A crane over the water\n"
     "id: https://harbour.example/episodes/1\n"
     "title: Größe & Gewicht – „schwer“ 🚢\n"
     "link: https://harbour.example/episodes/1\n"
     "summary: Plain words, “quoted”||in two paragraphs.\n"
     "author: Ann\n"
     "language: en\n"
     "published: 1795418100\n"
     "media: media_rss https://harbour.example/1t.jpg image/*\n"
     "media: itunes_image https://harbour.example/1.png image/*\n"
     "title: Short one\n"
     "author: The harbour\n"
     "language: en\n",
     1800},
    {"weblog.atom", "https://weblog.example/atom.xml",
     "id: tag:weblog.example,2026:2\n"
     "title: 1 < 2 & \"mehr\"\n"
     "link: https://weblog.example/2026/zwei\n"
     "content: Ein Satz.|Noch <einer>.\n"
     "author: Ann Autorin\n"
     "language: de\n"
     "published: 1795521600\n"
     "updated: 1795523400\n"
     "category: Zahlen\n"
     "media: enclosure https://weblog.example/2026/zwei.jpg image/jpeg\n"
     "media: content_image https://weblog.example/2026/bild.png Ein \"Bild\"\n"
     "id: tag:weblog.example,2026:1\n"
     "title: An English one\n"
     "link: https://weblog.example/one\n"
     "summary: Café & more\n"
     "author: Jo\n"
     "language: en\n"
     "updated: 1795392000\n",
     0},
    {"news.rdf", "https://news.example/news.rdf",
     "id: https://news.example/2\n"
     "title: Twee\n"
     "link: https://news.example/2\n"
     "summary: Het tweede bericht\n"
     "author: Jan\n"
     "language: nl\n"
     "published: 1795521600\n"
     "category: haven\n"
     "id: https://news.example/1\n"
     "title: Eén\n"
     "link: https://news.example/1\n"
     "language: nl\n"
     "published: 1795392000\n",
     86400},
    {"notes.json", "https://notes.example/feed.json",
     "id: 2\n"
     "title: Braces } ] and \"quotes\" \\\n"
     "link: https://notes.example/2\n"
     "content: One|two 🙂\n"
     "author: Ann\n"
     "language: en\n"
     "published: 1795521600\n"
     "category: a\n"
     "category: b\n"
     "media: enclosure https://notes.example/2.mp3 audio/mpeg\n"
     "media: content_image https://notes.example/2.png Two\n"
     "id: 1\n"
     "link: https://elsewhere.example/1\n"
     "content: Größe|lines\n"
     "author: Jo\n"
     "language: en\n"
     "id: 0\n"
     "title: last\n"
     "author: Ann\n"
     "language: en\n",
     0},
};

} // namespace

BOOST_AUTO_TEST_SUITE(whole_feeds)

BOOST_DATA_TEST_CASE(are_read, files) {
    const Yield yield = read(data(sample.name), Origin{"", sample.base_url});
    BOOST_TEST(yield.error == "");
    BOOST_TEST(joined(yield.warnings) == "");
    BOOST_TEST(yield.wait.value_or(0) == sample.wait);
    std::string all;
    for (const std::string& item : yield.items)
        all += item;
    BOOST_TEST(all == sample.lines);
}

BOOST_DATA_TEST_CASE(are_read_the_same_again, files) {
    const std::string document = data(sample.name);
    BOOST_TEST(read(document).items == read(document).items);
}

// A download may break off anywhere: what comes of it are the first items, whole, and a word about the rest.
BOOST_DATA_TEST_CASE(break_off_at_every_byte, files) {
    const std::string document = data(sample.name);
    const Yield whole = read(document);
    const std::size_t end = document.find_last_not_of(" \n") + 1;
    for (std::size_t size = 0; size < document.size(); ++size) {
        BOOST_TEST_INFO("cut to " << size << " bytes");
        const Yield part = read(std::string_view{document}.substr(0, size));
        BOOST_REQUIRE_LE(part.items.size(), whole.items.size());
        // The items of JSON may know less of their feed when its end is missing.
        BOOST_REQUIRE(std::equal(part.items.begin(), part.items.end(), whole.items.begin()));
        const bool said =
            !part.error.empty() || joined(part.warnings).find("breaks off") != std::string::npos;
        BOOST_REQUIRE_EQUAL(said, size < end);
    }
}

BOOST_DATA_TEST_CASE(survive_any_bytes, files) {
    const unsigned first_seed = seed();
    BOOST_TEST_MESSAGE("CRIER_TEST_SEED=" << first_seed);
    std::mt19937 random{first_seed};
    const std::string document = data(sample.name);
    for (int round = 0; round < 300; ++round) {
        const std::string changed = with_other_bytes(document, random);
        BOOST_TEST_INFO("CRIER_TEST_SEED=" << first_seed << ", round " << round);
        const Yield yield = read(changed);
        BOOST_TEST(yield.items.size() < 100U);
    }
}

BOOST_AUTO_TEST_SUITE_END()
