#include "core/address.hpp"
#include "core/ascii.hpp"
#include "core/delivery/reply.hpp"
#include "core/digest.hpp"
#include "core/failure.hpp"
#include "core/nearest.hpp"
#include "core/post.hpp"
#include "core/secret.hpp"
#include "core/settings.hpp"

#include <boost/test/unit_test.hpp>

#include <set>

using namespace crier;

BOOST_AUTO_TEST_SUITE(values)

BOOST_AUTO_TEST_CASE(digests_are_sha_256_over_fields_behind_their_lengths) {
    // printf '\5\0\0\0\0\0\0\0crier' | sha256sum
    BOOST_TEST(digest_of("crier").hex() ==
               "15a661148097d14f0b8d5f1f192e0b2a207e27d2356cdf3e0b812cc9195af157");
    BOOST_TEST(digest_of("crier").hex() == Digester{}.field("crier").finish().hex());
    BOOST_TEST((Digester{}.field("ab").field("c").finish() != Digester{}.field("a").field("bc").finish()));
    BOOST_TEST((Digester{}.field(std::int64_t{1}).finish() != Digester{}.field(std::int64_t{-1}).finish()));
}

BOOST_AUTO_TEST_CASE(digests_go_through_a_blob_column_and_nothing_else_does) {
    const Digest digest = digest_of("x");
    BOOST_TEST((Digest::from_bytes(digest.view()) == digest));
    BOOST_TEST((Digest::from_bytes("short") == Digest{}));
    BOOST_TEST(Digest{}.hex() == std::string(64, '0'));
    BOOST_TEST((Digest::from_hex(digest.hex()) == digest));
    for (const std::string& none :
         {std::string{}, digest.hex().substr(1), std::string(64, 'g'), std::string(64, '-')})
        BOOST_TEST((Digest::from_hex(none) == Digest{}));
}

BOOST_AUTO_TEST_CASE(a_post_key_changes_with_each_of_its_parts_and_with_nothing_else) {
    const Origin origin{OriginKind::source, "blog", "1"};
    const Digest key = post_key("a.example", "news", origin);
    BOOST_TEST((key == post_key("a.example", "news", origin)));
    const std::set<std::string> keys{
        key.hex(),
        post_key("b.example", "news", origin).hex(),
        post_key("a.example", "art", origin).hex(),
        post_key("a.example", "news", {OriginKind::entry, "blog", "1"}).hex(),
        post_key("a.example", "news", {OriginKind::source, "log", "1"}).hex(),
        post_key("a.example", "news", {OriginKind::source, "blog", "2"}).hex(),
        post_key("a.example", "news", origin, 1).hex(),
        post_key("a.example", "news", origin, 0, 1).hex(),
        post_key("a.examplen", "ews", origin).hex(),
    };
    BOOST_TEST(keys.size() == 9U);
}

BOOST_AUTO_TEST_CASE(keys_never_change_between_versions) {
    // A store in use holds them: another value here means doubled posts after an upgrade.
    const Digest key = post_key("a.example", "news", {OriginKind::source, "blog", "1"});
    BOOST_TEST(key.hex() == "9720dc694c8da20e415cd09d7e19ec142d54e8e203e182d57dbf0dcf960b99ac");
    BOOST_TEST(wire_key(key, 0) == "beb745b5289677636b964f199a393c3fd3a7acea4d5db528a916a42dbd09062e");
    BOOST_TEST(wire_key(key, 0) != wire_key(key, 1));
}

BOOST_AUTO_TEST_CASE(words_of_states_are_read_back_as_they_are_written) {
    for (int i = 0; i < 12; ++i) {
        const auto state = static_cast<PostState>(i);
        BOOST_TEST((parse_post_state(to_text(state)) == state), to_text(state));
    }
    BOOST_TEST(to_text(PostState::waiting) == "waiting");
    BOOST_TEST(to_text(PostState::retrying) == "retrying");
    BOOST_TEST(to_text(PostState::deleted) == "deleted");
    BOOST_TEST(!parse_post_state("Waiting").has_value());
    for (int i = 0; i < 4; ++i) {
        const auto visibility = static_cast<Visibility>(i);
        BOOST_TEST((parse_visibility(to_text(visibility)) == visibility), to_text(visibility));
    }
    BOOST_TEST(to_text(Visibility::public_) == "public");
    BOOST_TEST(to_text(Visibility::direct) == "direct");
    for (int i = 0; i < 3; ++i) {
        const auto kind = static_cast<OriginKind>(i);
        BOOST_TEST((parse_origin_kind(to_text(kind)) == kind), to_text(kind));
    }
    BOOST_TEST(to_text(Verdict::published) == "published");
    BOOST_TEST(to_text(Verdict::media_pending) == "media_pending");
    BOOST_TEST(to_text(Mode::dry) == "dry");
    BOOST_TEST(to_text(OnDoubt::resend) == "resend");
}

BOOST_AUTO_TEST_CASE(final_states_are_those_that_no_lane_touches) {
    std::string finals;
    for (int i = 0; i < 12; ++i)
        if (is_final(static_cast<PostState>(i)))
            finals += std::string{to_text(static_cast<PostState>(i))} + " ";
    BOOST_TEST(finals == "published failed expired cancelled deleted ");
}

BOOST_AUTO_TEST_CASE(exit_codes_are_those_of_the_surface) {
    const std::pair<Cause, int> cases[] = {
        {Cause::usage, 2},    {Cause::config, 3},    {Cause::token, 4},       {Cause::permission, 4},
        {Cause::network, 5},  {Cause::server, 5},    {Cause::temporary, 75},  {Cause::corrupt, 1},
        {Cause::conflict, 1}, {Cause::not_found, 1}, {Cause::unsupported, 1}, {Cause::cancelled, 1},
        {Cause::internal, 1}};
    for (const auto& [cause, code] : cases)
        BOOST_TEST(exit_code(cause) == code);
}

BOOST_AUTO_TEST_CASE(the_nearest_word_is_at_most_a_third_away) {
    const std::vector<std::string_view> words{"title", "link", "summary", "categories", "published"};
    const std::pair<const char*, const char*> cases[] = {
        {"titel", "title"},    {"tilte", "title"},          {"Title", "title"}, {"lnik", "link"},
        {"sumary", "summary"}, {"categorys", "categories"}, {"x", ""},          {"", ""},
        {"weather", ""},       {"publish", "published"}};
    for (const auto& [word, expected] : cases)
        BOOST_TEST(nearest(word, words) == expected, word);
    BOOST_TEST(nearest(std::string(1'000'000, 'a'), words) == "");
    BOOST_TEST(nearest("word", {}) == "");
}

BOOST_AUTO_TEST_CASE(a_moved_secret_leaves_nothing_behind) {
    for (const std::string& token : {std::string{"short"}, std::string(100, 't')}) {
        Secret secret{token};
        Secret moved{std::move(secret)};
        BOOST_TEST(moved.reveal() == token);
        BOOST_TEST(secret.empty()); // NOLINT: that is what is tested
        Secret assigned;
        assigned = std::move(moved);
        BOOST_TEST(moved.empty()); // NOLINT
        BOOST_TEST(assigned.same_as(assigned.clone()));
        BOOST_TEST(!assigned.same_as(Secret{"other"}));
    }
}

BOOST_AUTO_TEST_CASE(a_result_without_a_value_throws_its_failure_when_asked_for_one) {
    const Result<int> result{Failure{Cause::config, "wrong", "mend it"}};
    BOOST_CHECK_EXCEPTION((void)result.value(), FailureError, [](const FailureError& error) {
        return error.failure().cause == Cause::config && std::string{error.what()} == "wrong" &&
               error.failure().hint == "mend it";
    });
}

BOOST_AUTO_TEST_CASE(names_of_headers_are_compared_without_case) {
    BOOST_TEST(ascii::same("Content-Type", "content-tYPE"));
    BOOST_TEST(!ascii::same("Content-Type", "Content-Typ"));
    BOOST_TEST(!ascii::same("X[", "X{"));
    BOOST_TEST(ascii::lower("\xc3\x84 @Z[") == "\xc3\x84 @z[");
}

BOOST_AUTO_TEST_CASE(what_may_be_a_key_is_not_shown) {
    const struct {
        const char* text;
        const char* shown;
    } table[] = {
        {"https://blog.example/a.png", "https://blog.example/a.png"},
        {"https://blog.example:8080/a.png?sig=s3cr3t", "https://blog.example:8080/a.png"},
        {"https://blog.example/a#s3cr3t", "https://blog.example/a"},
        {"https://me:s3cr3t@blog.example/feed?x", "https://...@blog.example/feed"},
        {"https://s3cr3t@blog.example/feed", "https://...@blog.example/feed"},
        {"https://me:s3/cr3t@blog.example/", "https://...@blog.example/"},
        {"https://social.example/@me.rss", "https://social.example/@me.rss"},
        {"", ""},
        {"?s3cr3t", ""},
    };
    for (const auto& row : table)
        BOOST_TEST(shown_address(row.text) == row.shown);
}

BOOST_AUTO_TEST_SUITE_END()
