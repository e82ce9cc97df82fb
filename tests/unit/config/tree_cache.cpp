// Parsed files that are kept: what is found is what would be parsed, and anything else is not found.

#include "config/tree_cache.hpp"

#include "config/load.hpp"
#include "support/temporary.hpp"

#include <boost/test/unit_test.hpp>

#include <filesystem>
#include <fstream>

using namespace crier;
using namespace crier::config;

namespace {

/// A bit over the size from which on files are kept, with every kind of text in it.
std::string large_text() {
    std::string text = "version: 1\naccounts: {news: {server: 'https://a.example'}}\ndefaults: &d {language: "
                       "de, visibility: public}\n"
                       "schedule:\n";
    for (int i = 0; text.size() <= TreeCache::worth_keeping; ++i)
        text += "  - name: e" + std::to_string(i) +
                "\n    account: news\n    cron: \"0 9 * * *\"\n    post:\n      status: |\n        "
                "Gr\u00fc\u00dfe\n"
                "        aus K\u00f6ln\n      spoiler_text: \"a \\\"quoted\\\" word\"\n";
    return text;
}

std::unique_ptr<Document> parsed(const std::string& text) {
    std::vector<Problem> problems;
    return Document::parse("crier.yaml", text, problems);
}

/// All of it, with where it stands.
void write_out(Ref at, std::string& to) {
    to += std::string{at.key()} + "=" + std::string{at.text()} + "@" + std::to_string(at.position().line) +
          ":" + std::to_string(at.position().column) + (at.plain() ? "p" : "q") + "\n";
    for (const Ref child : at)
        write_out(child, to);
}

std::string written_out(const Document& document) {
    std::string text;
    write_out(document.root(), text);
    return text;
}

struct Kept {
    test::TemporaryDirectory folder;
    TreeCache cache{folder.path()};
    std::string text = large_text();

    Kept() { BOOST_REQUIRE(cache.keep(*parsed(text)).has_value()); }

    std::unique_ptr<Document> found(std::string of) const { return cache.find("crier.yaml", of); }
    std::string only_file() const {
        return std::filesystem::directory_iterator {
            folder.path()
            } -> path().string();
    }
};

} // namespace

BOOST_AUTO_TEST_SUITE(config_tree_cache)

BOOST_AUTO_TEST_CASE(what_is_found_is_what_would_be_parsed) {
    const Kept kept;
    const auto found = kept.found(kept.text);
    BOOST_REQUIRE(found);
    BOOST_TEST(written_out(*found) == written_out(*parsed(kept.text)));
    BOOST_TEST(found->source() == kept.text);
    BOOST_TEST(static_cast<bool>(kept.found("\xEF\xBB\xBF" + kept.text)));
}

BOOST_AUTO_TEST_CASE(another_text_or_another_file_is_not_found_and_stays_as_it_is) {
    const Kept kept;
    std::string other = kept.text;
    other.back() = ' ';
    BOOST_TEST(!kept.cache.find("crier.yaml", other));
    BOOST_TEST(other.size() == kept.text.size());
    std::string same = kept.text;
    BOOST_TEST(!kept.cache.find("other.yaml", same));
    BOOST_TEST(!TreeCache{""}.find("crier.yaml", same));
}

BOOST_AUTO_TEST_CASE(a_damaged_one_is_not_found) {
    const Kept kept;
    const std::string name = kept.only_file();
    const auto size = std::filesystem::file_size(name);
    for (std::uintmax_t at : {std::uintmax_t{0}, std::uintmax_t{40}, std::uintmax_t{65}, std::uintmax_t{73},
                              std::uintmax_t{80}, size / 2, size - 1}) {
        std::fstream file{name, std::ios::binary | std::ios::in | std::ios::out};
        file.seekg(static_cast<std::streamoff>(at));
        const char was = static_cast<char>(file.get());
        file.seekp(static_cast<std::streamoff>(at));
        file.put(static_cast<char>(was ^ 0x41));
        file.flush();
        BOOST_TEST(!kept.found(kept.text), "byte " << at);
        file.seekp(static_cast<std::streamoff>(at));
        file.put(was);
    }
    BOOST_TEST(static_cast<bool>(kept.found(kept.text)));
    for (const std::uintmax_t left : {size - 1, size / 3, std::uintmax_t{10}, std::uintmax_t{0}}) {
        std::filesystem::resize_file(name, left);
        BOOST_TEST(!kept.found(kept.text));
    }
}

BOOST_AUTO_TEST_CASE(small_files_are_not_kept_and_nobody_else_reads_what_is) {
    const Kept kept;
    BOOST_TEST((std::filesystem::status(kept.only_file()).permissions() ==
                (std::filesystem::perms::owner_read | std::filesystem::perms::owner_write)));
    const test::TemporaryDirectory empty;
    BOOST_REQUIRE(TreeCache{empty.path()}.keep(*parsed("version: 1\n")).has_value());
    BOOST_TEST(std::filesystem::is_empty(empty.path()));
}

BOOST_AUTO_TEST_CASE(a_configuration_from_it_is_the_same_and_a_folder_that_cannot_be_written_is_told_of) {
    const test::TemporaryDirectory folder;
    std::filesystem::create_directory(folder / "cache");
    LoadContext context;
    context.cache = folder / "cache";
    std::ofstream{folder / "crier.yaml"} << large_text();
    const Loaded first = load(folder / "crier.yaml", context);
    BOOST_REQUIRE(first.settings.has_value());
    BOOST_TEST(!std::filesystem::is_empty(folder / "cache"));
    const Loaded second = load(folder / "crier.yaml", context);
    BOOST_REQUIRE(second.settings.has_value());
    BOOST_REQUIRE(second.settings->schedule.size() == first.settings->schedule.size());
    const EntrySettings& last = second.settings->schedule.back();
    BOOST_TEST(last.targets.at(0).post->status.source() == "Gr\u00fc\u00dfe\naus K\u00f6ln\n");
    BOOST_TEST(last.place.line == first.settings->schedule.back().place.line);

    context.cache = folder / "nowhere";
    const Loaded without = load(folder / "crier.yaml", context);
    BOOST_REQUIRE(without.settings.has_value());
    BOOST_REQUIRE(without.problems.size() == first.problems.size() + 1);
    BOOST_TEST(without.problems.back().warning);
    BOOST_TEST(without.problems.back().message.find("cannot be written: No such file or directory") !=
               std::string::npos);
}

BOOST_AUTO_TEST_SUITE_END()
