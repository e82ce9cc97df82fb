#include "mastodon/reply.hpp"

#include <boost/test/unit_test.hpp>

using namespace crier;
using namespace crier::mastodon;

namespace {

const char* const mastodon_46 = R"({"domain":"m.example","title":"M","version":"4.6.4",
 "source_url":"https://github.com/mastodon/mastodon","api_versions":{"mastodon":10},
 "configuration":{"urls":{"streaming":"wss://m.example"},"accounts":{"max_featured_tags":10},
  "statuses":{"max_characters":500,"max_media_attachments":4,"characters_reserved_per_url":23},
  "media_attachments":{"description_limit":10000,"image_matrix_limit":33177600,"image_size_limit":16777216,
   "supported_mime_types":["image/jpeg","image/png"],"video_frame_rate_limit":120,
   "video_matrix_limit":8294400,"video_size_limit":103809024},
  "polls":{"max_options":4},"limited_federation":false}})";

const char* const gotosocial_v2 = R"({"domain":"g.example","version":"0.19.2 git-7a4dfad",
 "source_url":"https://codeberg.org/superseriousbusiness/gotosocial",
 "configuration":{"statuses":{"max_characters":5000,"max_media_attachments":6,"characters_reserved_per_url":25},
  "media_attachments":{"supported_mime_types":["image/webp"],"image_size_limit":41943040,
   "video_size_limit":41943040,"description_limit":1500},
  "emojis":{"emoji_size_limit":51200},"accounts":{"allow_custom_css":false}}})";

const char* const snac_v1 = R"J({"uri":"s.example","domain":"s.example","title":"s",
 "version":"4.0.0 (not true; really snac/2.94)","source_url":"https://comam.es/what-is-snac",
 "configuration":{"statuses":{"max_characters":100000,"max_media_attachments":4,
 "characters_reserved_per_url":32}}})J";

const char* const pleroma_v1 =
    R"J({"uri":"https://p.example","version":"2.7.2 (compatible; Pleroma 2.5.0)",
 "max_toot_chars":5000,"max_media_attachments":20,"description_limit":5000,"upload_limit":16000000,
 "pleroma":{"metadata":{}}})J";

std::string kind(std::string_view version, std::string_view more = {}) {
    const auto profile =
        read_instance(R"({"version":")" + std::string{version} + "\"" + std::string{more} + "}");
    BOOST_REQUIRE(profile);
    return profile->software + (profile->idempotent ? " idempotent" : "") +
           (profile->locks_key ? " locks" : "");
}

} // namespace

BOOST_AUTO_TEST_SUITE(mastodon_instance)

BOOST_AUTO_TEST_CASE(limits_beyond_all_sense_are_not_believed) {
    const auto profile = read_instance(
        R"({"version":"4.5.0","max_toot_chars":9223372036854775807,"configuration":{
            "statuses":{"max_media_attachments":4294967296,"characters_reserved_per_url":99999999},
            "media_attachments":{"description_limit":18446744073709551615,
             "image_size_limit":18446744073709551615,"video_size_limit":1099511627776}}})");
    BOOST_REQUIRE(profile);
    BOOST_TEST(profile->max_characters == 1'000'000U);
    BOOST_TEST(profile->max_media == 100U);
    BOOST_TEST(profile->per_url == 1000U);
    BOOST_TEST(profile->description_limit == 1'000'000U);
    BOOST_TEST(profile->image_size_limit == 4'294'967'296U);
    BOOST_TEST(profile->video_size_limit == 4'294'967'296U);
}

BOOST_AUTO_TEST_CASE(mastodon_says_all_of_it) {
    const auto profile = read_instance(mastodon_46);
    BOOST_REQUIRE(profile);
    BOOST_TEST(profile->software == "mastodon");
    BOOST_TEST(profile->version == "4.6.4");
    BOOST_TEST(profile->idempotent);
    BOOST_TEST(profile->locks_key);
    BOOST_TEST(profile->max_characters == 500U);
    BOOST_TEST(profile->per_url == 23U);
    BOOST_TEST(profile->max_media == 4U);
    BOOST_TEST(profile->description_limit == 10000U);
    BOOST_TEST(profile->image_size_limit == 16777216U);
    BOOST_TEST(profile->video_size_limit == 103809024U);
    BOOST_TEST((profile->mime_types == std::vector<std::string>{"image/jpeg", "image/png"}));
}

BOOST_AUTO_TEST_CASE(gotosocial_counts_links_in_full_whatever_it_says) {
    const auto profile = read_instance(gotosocial_v2);
    BOOST_REQUIRE(profile);
    BOOST_TEST(profile->software == "gotosocial");
    BOOST_TEST(profile->version == "0.19.2 git-7a4dfad");
    BOOST_TEST(!profile->idempotent);
    BOOST_TEST(!profile->locks_key);
    BOOST_TEST(profile->max_characters == 5000U);
    BOOST_TEST(profile->per_url == 0U);
    BOOST_TEST(profile->max_media == 6U);
    BOOST_TEST(profile->description_limit == 1500U);
}

BOOST_AUTO_TEST_CASE(gotosocial_is_known_by_its_own_fields_where_nothing_names_it) {
    BOOST_TEST(kind("4.3.0", R"(,"configuration":{"accounts":{"allow_custom_css":true}})") == "gotosocial");
    BOOST_TEST(kind("4.3.0", R"(,"configuration":{"emojis":{"emoji_size_limit":51200}})") == "gotosocial");
}

BOOST_AUTO_TEST_CASE(snac_has_only_v1) {
    const auto profile = read_instance(snac_v1);
    BOOST_REQUIRE(profile);
    BOOST_TEST(profile->software == "snac");
    BOOST_TEST(!profile->idempotent);
    BOOST_TEST(profile->max_characters == 100000U);
    BOOST_TEST(profile->per_url == 32U);
}

BOOST_AUTO_TEST_CASE(pleroma_says_it_at_the_top) {
    const auto profile = read_instance(pleroma_v1);
    BOOST_REQUIRE(profile);
    BOOST_TEST(profile->software == "pleroma");
    BOOST_TEST(profile->idempotent);
    BOOST_TEST(profile->max_characters == 5000U);
    BOOST_TEST(profile->max_media == 20U);
    BOOST_TEST(profile->description_limit == 5000U);
    BOOST_TEST(profile->image_size_limit == 16000000U);
    BOOST_TEST(profile->per_url == 0U);
}

BOOST_AUTO_TEST_CASE(kinds_by_what_they_say_of_themselves) {
    BOOST_TEST(kind("4.5.9") == "mastodon idempotent");
    BOOST_TEST(kind("3.5.3") == "mastodon idempotent");
    BOOST_TEST(kind("4.6.0") == "mastodon idempotent locks");
    BOOST_TEST(kind("4.6") == "mastodon idempotent locks");
    BOOST_TEST(kind("4.10.0") == "mastodon idempotent locks");
    BOOST_TEST(kind("5.0.0-alpha.1") == "mastodon idempotent locks");
    BOOST_TEST(kind("4.7.0-alpha.1") == "mastodon idempotent locks");
    BOOST_TEST(kind("4.6.1-security.2") == "mastodon idempotent locks");
    BOOST_TEST(kind("4.6.0+glitch") == "glitch idempotent locks");
    BOOST_TEST(kind("4.3.0+glitch") == "glitch idempotent");
    BOOST_TEST(kind("4.0.15+hometown-1.1.1") == "hometown idempotent");
    BOOST_TEST(kind("4.4.0", R"(,"source_url":"https://github.com/glitch-soc/mastodon")") ==
               "glitch idempotent");
    BOOST_TEST(kind("2.7.2 (compatible; Pleroma 2.6.52-725-g987f44d8)") == "pleroma idempotent");
    BOOST_TEST(kind("2.7.2 (compatible; Akkoma 3.10.3-0-gebfb617)") == "akkoma idempotent");
    BOOST_TEST(kind("3.5.3 (compatible; Pixelfed 0.12.3)") == "pixelfed");
    BOOST_TEST(kind("2.8.0 (compatible; Friendica 2023.03-dev)") == "friendica");
    BOOST_TEST(kind("4.2.1 (compatible; Iceshrimp 2023.12-pre3)") == "iceshrimp");
    BOOST_TEST(kind("4.2.1 (compatible; Iceshrimp.NET/2024.1-beta2)") == "iceshrimp");
    BOOST_TEST(kind("3.0.0 (compatible; Firefish 1.0.4-dev5)") == "firefish");
    BOOST_TEST(kind("4.0.0 (compatible; Mitra 2.18.0)") == "mitra");
    BOOST_TEST(kind("takahe/0.9.0") == "takahe");
}

/// Pixelfed's documents do not say it.
BOOST_AUTO_TEST_CASE(how_long_an_alt_text_may_be_is_known_of_those_that_do_not_say_it) {
    const auto limit = [](const std::string& rest) {
        return read_instance(R"-({"version":"3.5.3 (compatible; Pixelfed 0.12.3)")-" + rest + "}")
            ->description_limit;
    };
    BOOST_TEST(limit("") == 1000U);
    BOOST_TEST(limit(R"(,"configuration":{"media_attachments":{"description_limit":2000}})") == 2000U);
}

BOOST_AUTO_TEST_CASE(a_preview_of_4_6_may_be_without_the_lock) {
    BOOST_TEST(kind("4.6.0-alpha.2") == "mastodon idempotent");
    BOOST_TEST(kind("4.6.0-beta.1+glitch") == "glitch idempotent");
    BOOST_TEST(kind("4.6.0-nightly.2026-01-01") == "mastodon idempotent");
}

BOOST_AUTO_TEST_CASE(who_is_like_akkoma_is_no_akkoma) {
    BOOST_TEST(kind("3.0.0 (compatible; Sharkey 2025.4.3; like Akkoma)") == "sharkey");
}

BOOST_AUTO_TEST_CASE(of_a_stranger_nothing_is_taken_for_granted) {
    BOOST_TEST(kind("4.6.0 (compatible; Novelty 1.0)") == "unknown");
    BOOST_TEST(kind("4.6.0 (not true; really something)") == "unknown");
    BOOST_TEST(kind("0.17.0+fork") == "unknown");
    BOOST_TEST(kind("novelty/1.2") == "unknown");
    BOOST_TEST(kind("", R"(,"configuration":{})") == "unknown");
}

BOOST_AUTO_TEST_CASE(what_each_kind_takes_beside_text_and_pictures) {
    struct {
        const char* version;
        const char* more;
        bool quotes, policies, polls, polls_with_media, local_only, edits;
    } const cases[] = {
        {"3.4.1", "", false, false, true, false, false, false},
        {"3.5.0", "", false, false, true, false, false, true},
        {"4.4.9", "", false, false, true, false, false, true},
        {"4.5.0", "", true, true, true, false, false, true},
        {"4.6.4", "", true, true, true, true, false, true},
        {"5.0.0", "", true, true, true, true, false, true},
        {"4.5.0-alpha.1+glitch", "", true, true, true, false, true, true},
        {"4.0.2+hometown-1.1.1", "", false, false, true, false, true, true},
        {"0.19.2+git-1", R"(,"source_url":"https://codeberg.org/superseriousbusiness/gotosocial")", false,
         false, true, false, true, true},
        {"0.16.0 git-1", R"(,"source_url":"https://github.com/superseriousbusiness/gotosocial")", false,
         false, true, false, false, true},
        {"2.7.2 (compatible; Akkoma 3.13.2)", "", true, false, true, true, true, true},
        {"3.5.3 (compatible; Pixelfed 0.12.4)", "", false, false, false, false, false, true},
        {"2.8.0 (compatible; Friendica 2024.12)", "", true, false, false, false, false, true},
        {"4.0.0 (not true; really snac/2.94)", "", false, false, false, false, false, true},
        {"3.0.0 (compatible; Sharkey 2025.4.3)", "", true, false, true, true, false, true},
        {"4.6.0 (compatible; Novelty 1.0)", "", false, false, true, false, false, true},
    };
    for (const auto& one : cases) {
        const auto profile =
            read_instance(R"({"version":")" + std::string{one.version} + "\"" + std::string{one.more} + "}");
        BOOST_REQUIRE(profile);
        BOOST_TEST_CONTEXT(one.version << " " << profile->software) {
            BOOST_TEST(profile->quotes == one.quotes);
            BOOST_TEST(profile->quote_policies == one.policies);
            BOOST_TEST((profile->polls.options > 0) == one.polls);
            BOOST_TEST(profile->polls.with_media == one.polls_with_media);
            BOOST_TEST(profile->local_only == one.local_only);
            BOOST_TEST(profile->edits == one.edits);
        }
    }
}

BOOST_AUTO_TEST_CASE(polls_and_formats_are_read_where_each_kind_says_them) {
    const auto mastodon = read_instance(
        R"({"version":"4.5.0","configuration":{"polls":{"max_options":6,"max_characters_per_option":80,
        "min_expiration":600,"max_expiration":3600},"media_attachments":{"image_matrix_limit":100,
        "video_matrix_limit":200,"video_frame_rate_limit":30},
        "statuses":{"supported_mime_types":["text/plain","text/markdown"]}}})");
    BOOST_REQUIRE(mastodon);
    BOOST_TEST(mastodon->polls.options == 6U);
    BOOST_TEST(mastodon->polls.characters == 80U);
    BOOST_TEST((mastodon->polls.shortest == std::chrono::minutes{10}));
    BOOST_TEST((mastodon->polls.longest == std::chrono::hours{1}));
    BOOST_TEST(mastodon->image_pixels == 100U);
    BOOST_TEST(mastodon->video_pixels == 200U);
    BOOST_TEST(mastodon->video_frame_rate == 30);
    BOOST_TEST((mastodon->content_types == std::vector<std::string>{"text/markdown"}));
    const auto akkoma = read_instance(
        R"J({"version":"2.7.2 (compatible; Akkoma 3.13.2)","poll_limits":{"max_options":20,
        "max_option_chars":200,"min_expiration":0,"max_expiration":31536000},
        "pleroma":{"metadata":{"post_formats":["text/plain","text/html","text/markdown"]}}})J");
    BOOST_REQUIRE(akkoma);
    BOOST_TEST(akkoma->polls.options == 20U);
    BOOST_TEST(akkoma->polls.characters == 200U);
    BOOST_TEST((akkoma->content_types == std::vector<std::string>{"text/html", "text/markdown"}));
}

BOOST_AUTO_TEST_CASE(what_is_absent_or_makes_no_sense_has_mastodons_defaults) {
    const auto profile = read_instance(
        R"({"version":"4.2.0","configuration":{"statuses":{"max_characters":"many","max_media_attachments":-1,
        "characters_reserved_per_url":0},"media_attachments":{"supported_mime_types":[1,"image/png",null],
        "image_size_limit":1.5}}})");
    BOOST_REQUIRE(profile);
    BOOST_TEST(profile->max_characters == 500U);
    BOOST_TEST(profile->max_media == 4U);
    BOOST_TEST(profile->per_url == 23U);
    BOOST_TEST(profile->description_limit == 1500U);
    BOOST_TEST(profile->image_size_limit == 16777216U);
    BOOST_TEST(profile->video_size_limit == 103809024U);
    BOOST_TEST((profile->mime_types == std::vector<std::string>{"image/png"}));
}

BOOST_AUTO_TEST_CASE(what_is_no_instance_document) {
    for (const char* body : {"", "{}", "[]", "null", "<html><title>404</title></html>",
                             R"({"error":"Not Found"})", R"({"version":4})", R"({"version":"4.2.0")"})
        BOOST_TEST_CONTEXT(body) {
            BOOST_TEST(!read_instance(body));
        }
}

BOOST_AUTO_TEST_SUITE_END()
