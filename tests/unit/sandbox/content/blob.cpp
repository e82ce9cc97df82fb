#include "sandbox/content/blob.hpp"

#include <boost/test/unit_test.hpp>

using namespace crier::sandbox;

BOOST_AUTO_TEST_SUITE(sandbox_blob)

BOOST_AUTO_TEST_CASE(bytes_are_the_same_in_memory_and_in_a_file) {
    for (const std::size_t pieces : {1U, 3U, 600U}) { // 10 KB each
        BlobWriter writer;
        std::string all;
        for (std::size_t i = 0; i < pieces; ++i) {
            const std::string piece(10'000, static_cast<char>('a' + i % 26));
            BOOST_TEST(writer.append(piece.data(), piece.size()));
            all += piece;
        }
        BOOST_TEST(writer.size() == all.size());
        const Blob blob = writer.finish();
        BOOST_TEST((blob.view() == all));
        BOOST_TEST(blob.in_file() == (all.size() > BlobWriter::most_in_memory));
        BOOST_TEST(writer.size() == 0U);
        BOOST_TEST(writer.finish().empty()); // it can be used again
    }
}

BOOST_AUTO_TEST_CASE(a_part_keeps_the_whole_alive) {
    Blob part;
    {
        BlobWriter writer;
        const std::string text(BlobWriter::most_in_memory + 100, 'x');
        BOOST_TEST(writer.append(text.data(), text.size()));
        BOOST_TEST(writer.append("end", 3));
        const Blob whole = writer.finish();
        part = whole.part(whole.view().substr(whole.size() - 3));
    }
    BOOST_TEST(part.view() == "end");
    BOOST_TEST(Blob{"text"}.view() == "text");
    BOOST_TEST(Blob{}.empty());
}

BOOST_AUTO_TEST_SUITE_END()
