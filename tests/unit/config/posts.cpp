#include "harness.hpp"

#include <boost/test/unit_test.hpp>

using namespace crier;
using namespace crier::config::testing;

BOOST_AUTO_TEST_SUITE(config_posts)

BOOST_AUTO_TEST_CASE(layers_go_over_one_another_in_their_order) {
    const Settings loaded =
        settings_of("version: 1\n"
                    "defaults: {visibility: public, language: en, sensitive: true, overflow: reject}\n"
                    "accounts:\n"
                    "  news: {server: https://m.example, defaults: {language: de, mentions: allow}}\n"
                    "sources:\n"
                    "  s:\n"
                    "    plugin: queue\n"
                    "    accounts: {news: {post: {sensitive: false, status: special}}}\n"
                    "    post: {language: fr, status: general, overflow: thread, thread_counter: true}\n"
                    "    url: q.csv\n");
    const PostTemplate& post = *loaded.sources.at(0).targets.at(0).post;
    BOOST_TEST((post.visibility == Visibility::public_)); // top
    BOOST_TEST(!post.defuse_mentions);                    // account
    BOOST_TEST(post.language == "fr");                    // source over account over top
    BOOST_TEST((post.overflow == Overflow::thread));      // source over top
    BOOST_TEST(post.thread_counter);
    BOOST_TEST(!post.sensitive); // one account of the source over all
    BOOST_TEST(post.status.source() == "special");
    BOOST_TEST(loaded.accounts.at("news").defaults->language == "de");
}

BOOST_AUTO_TEST_CASE(lists_replace_when_layers_merge) {
    const Settings loaded =
        settings_of(with_accounts("sources:\n  s:\n    plugin: queue\n    accounts: {news: {}, art: {post: "
                                  "{media: [{from: og_image}]}}}\n"
                                  "    post: {status: x, media: [{from: enclosure}, {from: [item]}]}\n"
                                  "    url: q.csv\n"));
    BOOST_TEST(loaded.sources[0].targets[0].post->media.size() == 2U);
    BOOST_TEST(loaded.sources[0].targets[1].post->media.size() == 1U);
    BOOST_TEST(loaded.sources[0].targets[1].post->media[0].from.at(0) == "og_image");
}

BOOST_AUTO_TEST_CASE(visibility_must_be_stated_in_one_of_three_places) {
    BOOST_TEST(
        said("version: 1\naccounts: {news: {server: https://m.example}}\nschedule:\n- {name: e, account: "
             "news, "
             "cron: '0 9 * * *', post: {status: x}}\n") ==
        "crier.yaml:4:53: schedule.e: the visibility is stated nowhere\n"
        "    hint: state it under schedule.e.post, accounts.news.defaults or defaults: visibility: public\n");
    BOOST_TEST(
        said(with_post("{status: x, visibility: followers}")) ==
        "crier.yaml:4:77: schedule.e.post.visibility: expected public, unlisted, private or direct, found "
        "'followers'\n");
}

BOOST_AUTO_TEST_CASE(a_post_says_something) {
    BOOST_TEST(said(with_post("{language: en}")) ==
               "crier.yaml:4:53: schedule.e: neither post.status nor post.media says what to post\n"
               "    hint: for example post: {status: \"Good morning!\"}\n");
    BOOST_TEST(said(with_entry("{name: e, account: news, cron: '0 9 * * *'}")) ==
               "crier.yaml:4:3: schedule.e: neither post.status nor post.media says what to post\n"
               "    hint: for example post: {status: \"Good morning!\"}\n");
}

BOOST_AUTO_TEST_CASE(templates_know_the_names_of_their_place) {
    BOOST_TEST(
        said(with_post(
            "{status: '{{ now }} {{ due }} {{ entry }} {{ account }}', spoiler_text: '{{ entry }}'}")) == "");
    BOOST_TEST(said(with_post("{status: 'x {{ title }}'}")) ==
               "crier.yaml:4:68: schedule.e.post.status: there is no 'title' here\n"
               "    hint: names are now, due, entry, account, counter\n");
    BOOST_TEST(said(with_accounts(
                   "sources: {s: {plugin: queue, account: news, post: {status: '{{ title }}{{ link }}{{ "
                   "summary }}{{ content }}{{ author }}{{ categories | hashtags }}{{ published }}{{ "
                   "updated }}{{ language }}{{ id }}{{ source }}{{ account }}{{ now }}'}, url: q.csv}}\n")) ==
               "");
    BOOST_TEST(
        said(with_accounts(
            "sources: {s: {plugin: queue, account: news, post: {status: '{{ entry }}'}, url: q.csv}}\n")) ==
        "crier.yaml:3:64: sources.s.post.status: there is no 'entry' here\n"
        "    hint: names are title, link, summary, content, author, categories, published, updated, "
        "language, "
        "id, source, account, now, page_title, page_description\n");
    BOOST_TEST(said(with_accounts("defaults: {spoiler_text: '{{ title }}'}\n")) ==
               "crier.yaml:3:30: defaults.spoiler_text: there is no 'title' here\n"
               "    hint: names are now, account\n");
}

BOOST_AUTO_TEST_CASE(errors_of_templates_point_into_the_text) {
    BOOST_TEST(said(with_entry("name: e", "  account: news\n"
                                          "  cron: '0 9 * * *'\n"
                                          "  post:\n"
                                          "    status: |\n"
                                          "      Good morning\n"
                                          "\n"
                                          "      to {{ yu }}\n")) ==
               "crier.yaml:11:13: schedule.e.post.status: there is no 'yu' here\n"
               "    hint: names are now, due, entry, account, counter\n");
    BOOST_TEST(said(with_post("{status: \"a\\n\\u00e4 {{ yu }}\"}")) ==
               "crier.yaml:4:76: schedule.e.post.status: there is no 'yu' here\n"
               "    hint: names are now, due, entry, account, counter\n");
}

BOOST_AUTO_TEST_CASE(media_are_read) {
    const Settings loaded = settings_of(with_post(
        "{status: x, missing_alt: drop_media, media: [{file: sun.png, alt: 'The sun {{ now }}', required: "
        "false}, {file: /etc/crier/sun.png, alt: y, missing_alt: post}]}"));
    const auto& media = loaded.schedule[0].targets[0].post->media;
    BOOST_TEST(media.at(0).file == "/etc/crier/sun.png");
    BOOST_TEST(media[0].alt.source() == "The sun {{ now }}");
    BOOST_TEST(!media[0].required);
    BOOST_TEST((media[0].missing_alt == MissingAlt::drop_media));
    BOOST_TEST((media[1].missing_alt == MissingAlt::post));
    BOOST_TEST(media[0].place.line == 4);
}

/// They may be there when they are wanted: other posts do not wait for that.
BOOST_AUTO_TEST_CASE(media_files_that_are_not_there_are_told) {
    BOOST_TEST(said(with_post("{media: [{file: moon.png, alt: x}]}")) ==
               "crier.yaml:4:69: warning: schedule.e.post.media[0].file: there is no file moon.png\n"
               "    hint: put it there before its post is due (relative paths start from the file that names "
               "them)\n");
    BOOST_TEST(said(with_post("{media: [{file: 'https://x.example/a.png', alt: x}]}")) ==
               "crier.yaml:4:69: schedule.e.post.media[0].file: this is an address, and a file is wanted\n"
               "    hint: what is to be fetched from an address stands under `url`\n");
}

BOOST_AUTO_TEST_CASE(a_file_without_alt_text_is_a_warning) {
    BOOST_TEST(said(with_post("{media: [{file: sun.png}]}")) ==
               "crier.yaml:4:62: warning: schedule.e.post.media[0]: no alt text: the post would be held\n"
               "    hint: describe it under alt for those who cannot see it\n");
    BOOST_TEST(said(with_post("{media: [{file: sun.png, alt: ''}], missing_alt: drop_media, status: x}")) ==
               "crier.yaml:4:62: warning: schedule.e.post.media[0]: no alt text: it would be left out\n"
               "    hint: describe it under alt for those who cannot see it\n");
    BOOST_TEST(said(with_post("{media: [{file: sun.png, missing_alt: post}]}")) == "");
}

BOOST_AUTO_TEST_CASE(a_medium_is_a_file_or_the_items_own) {
    BOOST_TEST(said(with_post("{media: [{alt: x}]}")) ==
               "crier.yaml:4:62: schedule.e.post.media[0]: neither file, url nor from says what to attach\n"
               "    hint: for example {file: media/sunrise.jpg, alt: \"The sun over the harbour\"}\n");
    BOOST_TEST(said(with_post("{media: [{from: item}]}")) ==
               "crier.yaml:4:63: schedule.e.post.media[0].from: an entry without draw or run has no item to "
               "take media from\n"
               "    hint: name a file\n");
    BOOST_TEST(said(with_post("{media: [{file: sun.png, alt: x, from: item}]}")) ==
               "crier.yaml:4:62: schedule.e.post.media[0]: file, url and from exclude each other\n"
               "    hint: make entries of the list of them\n");
    BOOST_TEST(said(with_accounts("sources: {s: {plugin: queue, account: news, post: {media: [{from: "
                                  "[enclosur]}]}, url: q.csv}}\n")) ==
               "crier.yaml:3:68: sources.s.post.media[0].from: an item has no media of kind 'enclosur'\n"
               "    hint: did you mean 'enclosure'?\n");
}

BOOST_AUTO_TEST_CASE(languages_are_codes) {
    BOOST_TEST(said(with_post("{status: x, language: pt-BR}")) == "");
    BOOST_TEST(said(with_post("{status: x, language: German}")) ==
               "crier.yaml:4:75: schedule.e.post.language: 'German' is no language code\n"
               "    hint: an ISO 639 code such as en, de or pt-BR\n");
}

BOOST_AUTO_TEST_CASE(targets_that_are_alike_share_one_post) {
    const Settings loaded =
        settings_of(with_accounts("sources:\n  s: {plugin: queue, accounts: [news, art], post: "
                                  "{status: x, visibility: public}, url: q.csv}\n"));
    BOOST_TEST(loaded.sources[0].targets[0].post.get() == loaded.sources[0].targets[1].post.get());
}

BOOST_AUTO_TEST_SUITE_END()
