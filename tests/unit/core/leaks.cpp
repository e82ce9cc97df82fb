#include "core/leaks.hpp"

#include "core/secret_looks.hpp"
#include "support/made_up_secret.hpp"

#include <boost/test/unit_test.hpp>

#include <chrono>
#include <string>
#include <vector>

using namespace crier;
using test::made_up_secret;

namespace {

/// A text with `{T}` for a token of 43 characters, `{S}` for one of 16, `{H}` for 40 hexadecimal digits,
/// `{D}` for a SHA-256 digest.
std::string filled(std::string text) {
    const std::pair<std::string_view, std::string> blanks[] = {
        {"{T}", made_up_secret(1)},
        {"{S}", made_up_secret(2, 16)},
        {"{H}", made_up_secret(3, 40, "0123456789abcdef")},
        {"{D}", made_up_secret(4, 64, "0123456789abcdef")},
    };
    for (const auto& [blank, secret] : blanks)
        for (auto at = text.find(blank); at != std::string::npos; at = text.find(blank))
            text.replace(at, blank.size(), secret);
    return text;
}

std::vector<Leak> leaks_in(const std::string& text) {
    return find_leaks(filled(text), {});
}

} // namespace

BOOST_AUTO_TEST_SUITE(leaks)

BOOST_AUTO_TEST_CASE(what_is_found) {
    using enum Leak::Kind;
    const struct {
        const char* text;
        Leak::Kind kind;
        int line;
        int column;
        std::size_t length;
    } rows[] = {
        // keys of YAML
        {"access_token: {T}", access_token, 1, 15, 43},
        {"access_token: \"{T}\"", access_token, 1, 16, 43},
        {"access_token: '{T}'", access_token, 1, 16, 43},
        {"    token: {T}\n", token, 1, 12, 43},
        {"a: 1\nclient_secret: {T} # theirs", client_secret, 2, 16, 43},
        {"{client_id: x, client_secret: {T}}", client_secret, 1, 31, 43},
        {"secret: {T}", secret, 1, 9, 43},
        {"webhook_secret: {T}", secret, 1, 17, 43},
        {"refresh_token: {T}", token, 1, 16, 43},
        {"# access_token: {T}", access_token, 1, 17, 43},
        {"client_secret: {H}", client_secret, 1, 16, 40},
        {"access_token: {S}", access_token, 1, 15, 16},
        // hexadecimal digits, where they can be nothing else
        {"access_token: {D}", access_token, 1, 15, 64},
        {"client_secret={D}", client_secret, 1, 15, 64},
        {"MASTODON_ACCESS_TOKEN={D}", access_token, 1, 23, 64},
        {"Authorization: Bearer {D}", bearer, 1, 23, 64},
        // of an environment file and a shell
        {"MASTODON_ACCESS_TOKEN={T}", access_token, 1, 23, 43},
        {"MASTODON_ACCESS_TOKEN=\"{T}\"", access_token, 1, 24, 43},
        {"export NEWS_TOKEN={T}", token, 1, 19, 43},
        {"Environment=MASTODON_ACCESS_TOKEN={T}", access_token, 1, 35, 43},
        {"Environment=\"MASTODON_ACCESS_TOKEN={T}\"", access_token, 1, 36, 43},
        {"A=1\r\nB=2\r\nCLIENT_SECRET={T}\r\n", client_secret, 3, 15, 43},
        // of JSON, TOML, scripts
        {"{\"access_token\": \"{T}\"}", access_token, 1, 19, 43},
        {"{\"accessToken\":\"{T}\",", access_token, 1, 17, 43},
        {"client-secret = \"{T}\"", client_secret, 1, 18, 43},
        {"Mastodon(access_token='{T}')", access_token, 1, 24, 43},
        {"'client_secret' => '{T}',", client_secret, 1, 21, 43},
        {"token := \"{T}\"", token, 1, 11, 43},
        {"curl -d \"{\\\"access_token\\\": \\\"{T}\\\"}\"", access_token, 1, 31, 43},
        {"const accessToken: string = '{T}'", access_token, 1, 30, 43},
        {"access_token: Optional[str] = \"{T}\"", access_token, 1, 32, 43},
        {"let token: &'static str = \"{T}\";", token, 1, 28, 43},
        {"os.environ['MASTODON_ACCESS_TOKEN'] = '{T}'", access_token, 1, 40, 43},
        {"process.env[\"NEWS_TOKEN\"]=\"{T}\"", token, 1, 28, 43},
        {"config[:access_token] = '{T}'", access_token, 1, 26, 43},
        {"<token>{T}</token>", token, 1, 8, 43},
        // of several accounts
        {"MASTODON_ACCESS_TOKEN_2={T}", access_token, 1, 25, 43},
        {"MASTODON_TOKEN2: {T}", token, 1, 18, 43},
        {"TOKEN_NEWS={T}", token, 1, 12, 43},
        {"news_access_token_de: {S}", access_token, 1, 23, 16},
        {"CLIENT_SECRET_WEATHER_BOT={T}", client_secret, 1, 27, 43},
        // on the line below
        {"access_token:\n  {T}\n", access_token, 2, 3, 43},
        {"access_token: >-\n  {T}\n", access_token, 2, 3, 43},
        {"a:\n  token: |2+ # the bot's\r\n    {T}\r\n", token, 3, 5, 43},
        {"- client_secret: # theirs\n    '{T}'\n", client_secret, 2, 6, 43},
        {"{\n  \"access_token\":\n    \"{T}\"\n}", access_token, 3, 6, 43},
        // of commands
        {"toot --access-token {T} post", access_token, 1, 21, 43},
        {"toot --token '{T}'", token, 1, 15, 43},
        {"toot -token {T}", token, 1, 13, 43},
        {"exec: [\"toot\", \"--token\", \"{T}\"]", token, 1, 28, 43},
        {"setenv MASTODON_ACCESS_TOKEN {T}", access_token, 1, 30, 43},
        {"set -gx MASTODON_ACCESS_TOKEN {T}", access_token, 1, 31, 43},
        {"if x; set -g -x NEWS_TOKEN \"{T}\"; end", token, 1, 29, 43},
        {"FROM debian\nENV MASTODON_ACCESS_TOKEN {T}\n", access_token, 2, 27, 43},
        // of addresses and forms
        {"curl 'https://example.org/api?access_token={T}&limit=1'", access_token, 1, 44, 43},
        {"curl -F client_secret={T} -F x=1", client_secret, 1, 23, 43},
        // headers
        {"Authorization: Bearer {T}", bearer, 1, 23, 43},
        {"curl -H \"Authorization: Bearer {T}\" x", bearer, 1, 32, 43},
        {"headers = {'authorization': 'bearer {T}'}", bearer, 1, 37, 43},
        {"Bearer {S}", bearer, 1, 8, 16},
    };
    for (const auto& row : rows) {
        const std::vector<Leak> found = leaks_in(row.text);
        BOOST_TEST_INFO_SCOPE(row.text);
        BOOST_REQUIRE(found.size() == 1U);
        BOOST_TEST((found[0].kind == row.kind));
        BOOST_TEST(found[0].line == row.line);
        BOOST_TEST(found[0].column == row.column);
        BOOST_TEST(found[0].length == row.length);
    }
}

BOOST_AUTO_TEST_CASE(what_is_none) {
    const char* const rows[] = {
        // the right way to say where a token is
        "token: {env: MASTODON_ACCESS_TOKEN}",
        "token: {credential: news_token}",
        "token: {file: secrets/news.token}",
        "token: {file: /run/credentials/crier.service/news-token-2026}",
        "MASTODON_ACCESS_TOKEN=",
        "MASTODON_ACCESS_TOKEN=\nNEXT={T}",
        "access_token: ${MASTODON_ACCESS_TOKEN}",
        "access_token = os.environ['MASTODON_ACCESS_TOKEN_1']",
        "access_token: $TOKEN",
        "Authorization: Bearer $MASTODON_ACCESS_TOKEN1",
        "Authorization: Bearer {{ token }}",
        "access_token = read_token_from_file_2(path)",
        "access_token: config.tokens2.access_token",
        "token_file: /etc/crier/secrets/mastodon2026token",
        "LoadCredential=news_token:/etc/crier/secrets/Token2026abcdef",
        // placeholders
        "access_token: xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx",
        "access_token: XXXXXXXX1XXXXXXXX2XXXXXXXX",
        "access_token: <token>",
        "access_token: ...",
        "access_token: abc123...",
        "access_token: YOUR_ACCESS_TOKEN_1",
        "access_token: your-access-token-here-1",
        "MASTODON_ACCESS_TOKEN=sandbox-token",
        "MASTODON_ACCESS_TOKEN=sandbox-token-number-42",
        "client_secret: changeme1changeme2changeme3",
        "client_secret: ********************",
        "client_secret: 12345678901234567890123456789012",
        "client_secret: 0000000000000000000000000000000a",
        "client_secret: abcdefghijklmnopqrstuvwxyz0123456789",
        "Authorization: Bearer REDACTED0123",
        "Bearer realm=\"Doorkeeper\", error=\"invalid_token\"",
        // digests, ids, addresses
        "secret: {D}",
        "token: {D}",
        "TOKEN_NEWS={D}",
        "js-token: sha512-{T}{T}==",
        "access_token: sha256-{T}=",
        "token-types@^4.0.0:\n  version {T}",
        "access_token_sha256: {D}",
        "access_token_sha1: {H}",
        "token: 3f2504e0-4f89-41d3-9a0c-0305e82c3301",
        "client_secret: 3F2504E0-4F89-41D3-9A0C-0305E82C3301",
        "token: https://example.org/a/very/long/path/with/Numbers/4711/and/more",
        "secret: /var/lib/crier/secrets/2026/Q3/File",
        "token: secrets/2026/NewsTokenForTheBot",
        // tokens that open nothing, and what is said about one
        "next_page_token: {T}",
        "{\"nextPageToken\": \"{T}\"}",
        "next_token={T}",
        "csrf_token: {T}",
        "<meta name=\"csrf-token\" content=\"{T}\">",
        "token_id: {T}",
        "SECRET_KEY_REF_NAME={T}",
        "--token-file {T}",
        "token_expires_at: {T}",
        // below a key, or beside one
        "token:\n{T}",
        "  token:\n  {T}",
        "token: >-\n\n{T}",
        "token:\n  env: {T}",
        "secret:\n  A1={T}",
        "secret:\n  - {T}",
        "token: !vault |\n  $ANSIBLE_VAULT;1.1;AES256\n  {H}",
        "token: str = {T}(x)",
        "token: str = read_{T}",
        "--access-token ${TOKEN_OF_2026_FOR_NEWS}",
        "--token YOUR_TOKEN_HERE_2026_ABCDE",
        "ENV MASTODON_ACCESS_TOKEN xxxxxxxxxxxxxxxxxxxx1",
        "setenv MASTODON_ACCESS_TOKEN $NEWS_TOKEN_2026_OF_MINE",
        "we set the token {T}",
        "unset TOKEN {T}",
        "ENV\nTOKEN {T}",
        "[\"token\", \"{T}\"]",
        "data:image/png;base64,{T}{T}/{T}+{T}==",
        // other keys, and words
        "sha256: {T}",
        "commit: {H}",
        "id: {T}",
        "https://example.org/{T}",
        "client_id: {T}",
        "tokens: {T}",
        "secretary: {T}",
        "{T}",
        "the token {T}",
        "token: news-token-of-2026-for-the-bot",
        "token: morning-post-of-2026-for-the-bot",
        "secret: /var/lib/crier/Keys/2026/Q3/File9",
        "token: conf/2026/NewsFileForTheBot7",
        "token: short1",
        "token: {S}", // too short for a key that may mean anything
        "secret: thesecretofcomedyis7",
        "A bearer of good news: 17 of them",
        "token: 2026112411000000000000",
        "token: JustALongWordWithoutAnyDigitInItAtAll",
    };
    for (const char* row : rows)
        BOOST_TEST(leaks_in(row).empty(), row);
}

BOOST_AUTO_TEST_CASE(known_values_are_found_wherever_they_stand) {
    const std::string one = made_up_secret(11);
    const std::string other = made_up_secret(12, 20);
    const std::string text = "print('" + one + "')\n\n  " + other + "\naccess_token: " + one + one;
    const std::vector<Leak> found = find_leaks(text, {one, other, "sandbox-token", "short", ""});
    BOOST_REQUIRE(found.size() == 4U);
    BOOST_TEST((found[0].kind == Leak::Kind::known && found[0].known == 0U));
    BOOST_TEST((found[0].line == 1 && found[0].column == 8 && found[0].length == 43U));
    BOOST_TEST((found[1].known == 1U && found[1].line == 3 && found[1].column == 3));
    BOOST_TEST(
        (found[2].known == 0U && found[2].line == 4 && found[2].column == 15)); // and not twice by its key
    BOOST_TEST((found[3].known == 0U && found[3].column == 15 + 43));

    BOOST_TEST(find_leaks("token is sandbox-token", {"sandbox-token"}).empty());
    const std::string by_chance = made_up_secret(13, 20) + "xxxx" + made_up_secret(14, 19);
    BOOST_TEST(find_leaks("a " + by_chance, {by_chance}).size() == 1U);
}

BOOST_AUTO_TEST_CASE(no_more_are_listed_than_asked_for) {
    std::string text;
    for (unsigned i = 0; i < 50; ++i)
        text += "access_token: " + made_up_secret(100 + i) + "\n";
    BOOST_TEST(find_leaks(text, {}, 7).size() == 7U);
    BOOST_TEST(find_leaks(text, {}).size() == 20U);
}

BOOST_AUTO_TEST_CASE(a_text_that_is_one_secret) {
    BOOST_TEST(is_lone_secret(filled("{T}")));
    BOOST_TEST(is_lone_secret(filled("  {T}\n")));
    BOOST_TEST(is_lone_secret("eyJ" + made_up_secret(1) + "." + made_up_secret(2) + "." + made_up_secret(3)));
    BOOST_TEST(!is_lone_secret(filled("{T}{T}{T}"))); // sealed
    for (const char* none : {"", "\n", "sandbox-token\n", "{T} {T}", "{T}\n{T}\n", "{D}", "{S}", "# {T}",
                             "3f2504e0-4f89-41d3-9a0c-0305e82c3301", "notes of 2026"})
        BOOST_TEST(!is_lone_secret(filled(none)), none);
}

BOOST_AUTO_TEST_CASE(a_file_for_secrets_that_says_of_none_what_it_is) {
    const auto lone = [](const char* text) { return find_lone_leaks(filled(text)); };
    BOOST_TEST(lone("{T}").size() == 1U);
    const std::vector<Leak> found = lone("news bot\r\n  {T}\r\nhttps://mastodon.example\r\n\r\n{H}\r\n");
    BOOST_REQUIRE(found.size() == 2U);
    BOOST_TEST((found[0].kind == Leak::Kind::token && found[0].line == 2 && found[0].column == 3));
    BOOST_TEST(found[0].length == 43U);
    BOOST_TEST((found[1].line == 5 && found[1].column == 1 && found[1].length == 40U));
    BOOST_TEST(lone("{T}\nhttps://mastodon.example/a/long/way/to/where/the/server/can/be/found").size() ==
               1U);
    const std::string sealed = "{T}{S}AAbbccdd"; // as lines of base64 are
    for (const std::string& none :
         {std::string{}, std::string{"a\nb\n{D}\n"}, "{T}\n" + sealed + "\n", sealed + "\n{T}\n",
          std::string{"1\n2\n3\n4\n5\n6\n{T}\n"}, std::string{"name: {T}\n"},
          std::string{"YOUR_TOKEN_HERE_2026\nhttps://mastodon.example\n"}})
        BOOST_TEST(lone(none.c_str()).empty(), none);
}

BOOST_AUTO_TEST_CASE(any_bytes_are_read_in_linear_time) {
    const auto begin = std::chrono::steady_clock::now();
    for (const std::string_view part : {"token:",
                                        "token=",
                                        "bearer ",
                                        "access_token",
                                        "_",
                                        "\n",
                                        "\xFF",
                                        "a",
                                        "token=:=:",
                                        "client_secret=\"",
                                        "bearer bearer\t",
                                        "token=a ",
                                        "token: |\n  ",
                                        "token: # ",
                                        "token:\n ",
                                        "token: a",
                                        "--token ",
                                        "set -x token ",
                                        "\\\"token\\\", ",
                                        "token_",
                                        "setenv\ttoken_2 "}) {
        std::string text;
        while (text.size() < 1'000'000)
            text += part;
        (void)find_leaks(text, {"aaaaaaaa", "\n\n\n\n\n\n\n\n"});
    }
    // Generous, for sanitizers and busy machines.
    BOOST_TEST((std::chrono::steady_clock::now() - begin < std::chrono::seconds{60}));
}

BOOST_AUTO_TEST_SUITE_END()
