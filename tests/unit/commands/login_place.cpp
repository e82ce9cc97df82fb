#include "commands/login_place.hpp"

#include "support/temporary.hpp"

#include <boost/test/unit_test.hpp>

#include <filesystem>
#include <string>
#include <sys/stat.h>
#include <unistd.h>

using namespace crier;
using commands::OldToken;
using crier::test::TemporaryDirectory;

namespace {

sys::TokenRecord record_for(const std::string& token) {
    sys::TokenRecord record;
    record.server = "https://m.example";
    record.client_id = "id";
    record.client_secret = Secret{"c1ient"};
    record.token = digest_of(token);
    return record;
}

/// A token and its record, as a login leaves them, with this mode.
std::string placed(const TemporaryDirectory& directory, unsigned mode) {
    (void)directory.file("t.app", sys::to_text(record_for("first")), mode);
    return directory.file("t", "first\n", mode);
}

bool says(const std::string& text, const std::string& part) {
    return text.find(part) != std::string::npos;
}

unsigned mode_there(const std::string& file) {
    struct stat info {};
    return ::stat(file.c_str(), &info) == 0 ? info.st_mode & 0777U : 0U;
}

} // namespace

BOOST_AUTO_TEST_SUITE(login_place)

BOOST_AUTO_TEST_CASE(what_a_login_replaces_is_known_with_its_record) {
    const TemporaryDirectory directory;
    BOOST_TEST(!commands::old_token(directory / "none")->has_value());
    for (const unsigned mode : {0600U, 0640U, 0644U, 0604U}) {
        const auto old = commands::old_token(placed(directory, mode));
        BOOST_TEST_CONTEXT("mode " << mode) {
            BOOST_REQUIRE((old.has_value() && old->has_value()));
            BOOST_TEST((*old)->token.reveal() == "first");
            BOOST_TEST((*old)->record.has_value());
            BOOST_TEST((*old)->exposed == ((mode & 04U) != 0));
            BOOST_TEST((*old)->why_no_record.empty());
        }
    }
    std::filesystem::remove(directory / "t.app");
    const auto by_hand = commands::old_token(directory / "t");
    BOOST_REQUIRE((by_hand.has_value() && by_hand->has_value()));
    BOOST_TEST(!(*by_hand)->record.has_value());
    BOOST_TEST((*by_hand)->why_no_record.empty());
}

BOOST_AUTO_TEST_CASE(what_cannot_be_read_is_not_replaced) {
    const TemporaryDirectory directory;
    const std::string file = placed(directory, 0600);
    BOOST_TEST(::chmod(file.c_str(), 0666) == 0); // anybody may have written it
    auto refused = commands::old_token(file);
    BOOST_REQUIRE(refused.has_error());
    BOOST_TEST(says(refused.error().message, "is open to others (mode 0666)"));
    BOOST_TEST(says(refused.error().hint, "move it away, with " + file + ".app"));
    (void)placed(directory, 0600);
    BOOST_TEST(::chmod((file + ".app").c_str(), 0666) == 0);
    refused = commands::old_token(file);
    BOOST_REQUIRE(refused.has_error());
    BOOST_TEST(says(refused.error().message, ".app is open to others"));
    if (::geteuid() != 0) // only root can give a file away
        return;
    (void)placed(directory, 0600);
    BOOST_REQUIRE(::chown(file.c_str(), 12345, 12345) == 0);
    refused = commands::old_token(file);
    BOOST_REQUIRE(refused.has_error());
    BOOST_TEST(says(refused.error().message, "belongs to another user (uid 12345)"));
}

BOOST_AUTO_TEST_CASE(a_record_without_its_token_is_told) {
    const TemporaryDirectory directory;
    struct Row {
        const char* text;
        const char* why_none;
    };
    for (const Row& row : {Row{"", "is empty"}, Row{"\"first\"", "quotation marks"}, Row{"other", ""}}) {
        const std::string file = placed(directory, 0600);
        (void)directory.file("t", row.text);
        const auto old = commands::old_token(file);
        BOOST_TEST_CONTEXT(row.text) {
            BOOST_REQUIRE((old.has_value() && old->has_value()));
            BOOST_TEST((*old)->token.empty() == (*row.why_none != '\0'));
            BOOST_TEST(says((*old)->why_none, row.why_none));
            BOOST_TEST(!(*old)->record.has_value());
            BOOST_TEST(says((*old)->why_no_record, file + ".app is about another token"));
        }
    }
    const std::string file = placed(directory, 0600);
    std::filesystem::remove(file);
    const auto gone = commands::old_token(file);
    BOOST_REQUIRE((gone.has_value() && gone->has_value()));
    BOOST_TEST(says((*gone)->why_none, "is not there"));
    BOOST_TEST(!(*gone)->why_no_record.empty());
}

BOOST_AUTO_TEST_CASE(only_a_group_that_was_meant_reads_the_next_token) {
    const TemporaryDirectory directory;
    for (const unsigned mode : {0600U, 0640U, 0644U, 0660U, 0400U}) {
        const std::string file = placed(directory, mode);
        BOOST_TEST_CONTEXT("mode " << mode) {
            BOOST_REQUIRE(commands::place_token(file, Secret{"second"}, record_for("second")).has_value());
            BOOST_TEST(mode_there(file) == (mode == 0640U ? 0640U : 0600U));
            BOOST_TEST(mode_there(file + ".app") == (mode == 0640U ? 0640U : 0600U));
        }
    }
}

BOOST_AUTO_TEST_SUITE_END()
