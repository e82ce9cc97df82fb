#include "config/table.hpp"
#include "harness.hpp"

#include <boost/test/unit_test.hpp>

using namespace crier;
using namespace crier::config::testing;

BOOST_AUTO_TEST_SUITE(config_keys)

BOOST_AUTO_TEST_CASE(an_unknown_key_names_the_nearest_one) {
    BOOST_TEST(said(with_account("{sever: https://m.example, server: https://m.example}")) ==
               "crier.yaml:3:10: accounts.news.sever: unknown key\n    hint: did you mean 'server'?\n");
    BOOST_TEST(
        said(with_account("{server: https://m.example, zzz: 1}")) ==
        "crier.yaml:3:37: accounts.news.zzz: unknown key\n    hint: keys here: server, handle, mode, token, "
        "defaults, limits, on_doubt, approval, approve_within, evidence, receipt, allow_surplus_scopes and "
        "delivery\n");
}

BOOST_AUTO_TEST_CASE(an_unknown_key_that_other_bots_have_names_ours) {
    BOOST_TEST(said(with_post("{status: x, cw: y}")) ==
               "crier.yaml:4:65: schedule.e.post.cw: unknown key\n    hint: did you mean 'spoiler_text'?\n");
}

BOOST_AUTO_TEST_CASE(a_wrong_type_says_what_was_expected) {
    BOOST_TEST(
        said(with_account("{server: https://m.example, limits: {min_gap: [1]}}")) ==
        "crier.yaml:3:55: accounts.news.limits.min_gap: expected a duration such as 90s, found a list\n"
        "    hint: for example min_gap: 90s\n");
    BOOST_TEST(said(with_account("{server: https://m.example, limits: {min_gap: 90}}")) ==
               "crier.yaml:3:55: accounts.news.limits.min_gap: expected a duration such as 90s, found '90'\n"
               "    hint: say the unit: 90s, 90m, ...\n");
    BOOST_TEST(said(with_account("{server: https://m.example, limits: {per_hour: \"6\"}}")) ==
               "crier.yaml:3:56: accounts.news.limits.per_hour: expected a number, found '6'\n"
               "    hint: write it without quotes\n");
    BOOST_TEST(
        said(with_account("{server: https://m.example, limits: {per_hour: 0}}")) ==
        "crier.yaml:3:56: accounts.news.limits.per_hour: expected a number from 1 to 100000, found 0\n");
    BOOST_TEST(said(with_account("{server: https://m.example, limits: few}")) ==
               "crier.yaml:3:45: accounts.news.limits: expected a mapping, found 'few'\n");
    BOOST_TEST(said(with_account("{server: https://m.example, mode: lively}")) ==
               "crier.yaml:3:43: accounts.news.mode: expected live, hold or dry, found 'lively'\n"
               "    hint: did you mean 'live'?\n");
    BOOST_TEST(said(with_account("{server: https://m.example, delivery: {timeout: 10ms}}")) ==
               "crier.yaml:3:57: accounts.news.delivery.timeout: expected at least 1s, found '10ms'\n");
    BOOST_TEST(said("version: 1\nschedule: {a: b}\n") ==
               "crier.yaml:2:11: schedule: expected a list, found a mapping\n");
    BOOST_TEST(said("[]\n") == "crier.yaml:1:1: expected a mapping, found an empty list\n");
}

BOOST_AUTO_TEST_CASE(the_version_must_be_stated_and_known) {
    BOOST_TEST(said("accounts: {news: {server: https://m.example}}\n") ==
               "crier.yaml:1:1: the file does not say its version\n    hint: begin it with version: 1\n");
    BOOST_TEST(said("") ==
               "crier.yaml:1:1: the file does not say its version\n    hint: begin it with version: 1\n");
    BOOST_TEST(said("version: 2\naccounts: {news: {server: https://m.example}}\n") ==
               "crier.yaml:1:10: version: expected 1, found 2\n");
    BOOST_TEST(said("version: 1\n") == "crier.yaml:1:1: the file has no accounts\n"
                                       "    hint: accounts: {news: {server: https://mastodon.example}}\n");
}

BOOST_AUTO_TEST_CASE(keys_of_later_versions_are_known_and_refused) {
    const std::string found =
        said("version: 1\naccounts: {news: {server: https://m.example, token: {env: T}, was: old, defaults: "
             "{visibility: public}}}\n");
    BOOST_TEST(found.find("is known, but not in this version\n    hint: leave it out") != std::string::npos,
               found);
}

BOOST_AUTO_TEST_CASE(all_problems_come_in_one_run_in_the_order_of_their_places) {
    BOOST_TEST(said("version: 1\n"
                    "accounts:\n"
                    "  news: {server: ftp://x, mode: x, defaults: {visibility: public}}\n"
                    "schedule:\n"
                    "  - {name: a, account: nwes, cron: 61 * * * *, post: {status: \"{{ now\"}}\n"
                    "store: mysql://db/crier\n") ==
               "crier.yaml:3:18: accounts.news.server: this is no http or https address\n"
               "    hint: write it in full: https://example.org\n"
               "crier.yaml:3:33: accounts.news.mode: expected live, hold or dry, found 'x'\n"
               "crier.yaml:5:24: schedule.a.account: there is no account 'nwes'\n"
               "    hint: did you mean 'news'?\n"
               "crier.yaml:5:36: schedule.a.cron: cron '61 * * * *': minute '61': 61 is not within 0 to 59\n"
               "    hint: there may stand: 0 to 59, *, lists (0,30), ranges (0-9) and steps (*/15)\n"
               "crier.yaml:5:64: schedule.a.post.status: {{ is never closed\n"
               "    hint: end it with }}; write {{ '{{' }} for the braces themselves\n"
               "crier.yaml:6:8: store: this is neither a path of a file nor an address in PostgreSQL\n"
               "    hint: store: /var/lib/crier/crier.db, or store: postgresql:///crier\n");
}

BOOST_AUTO_TEST_CASE(every_key_of_the_table_is_whole) {
    for (const config::Section* section : config::all_sections()) {
        for (const config::Row& row : section->rows) {
            BOOST_TEST_CONTEXT(section->where << " " << row.key) {
                BOOST_TEST(!row.doc.empty());
                BOOST_TEST((row.later || row.read != nullptr));
                const bool nested =
                    row.type == config::Type::section || row.type == config::Type::switchable ||
                    row.type == config::Type::section_map || row.type == config::Type::section_list ||
                    row.type == config::Type::targets || row.type == config::Type::interval;
                BOOST_TEST((row.later || nested == (row.section != nullptr)));
                BOOST_TEST(((row.type == config::Type::choice) == !row.choices.empty()));
                if (row.type == config::Type::duration && !row.fallback.empty())
                    BOOST_TEST((parse_duration(row.fallback) != std::nullopt));
                BOOST_TEST(section->rows.size() < 64U);
            }
        }
    }
}

BOOST_AUTO_TEST_CASE(the_defaults_of_the_table_are_those_of_the_settings) {
    const Settings loaded = settings_of(
        with_accounts("schedule:\n- {name: e, account: news, cron: '0 9 * * *', post: "
                      "{status: x, media: [{file: sun.png, alt: a}]}}\n"
                      "sources:\n  s: {plugin: queue, account: news, post: {status: x}, url: q.csv}\n"));
    const AccountSettings& account = loaded.accounts.at("news");
    const AccountSettings plain;
    BOOST_TEST((account.mode == plain.mode && account.on_doubt == plain.on_doubt &&
                account.allow_surplus_scopes == plain.allow_surplus_scopes &&
                account.receipt == plain.receipt && !account.evidence));
    BOOST_TEST((account.token.kind == plain.token.kind && account.token.name == plain.token.name));
    BOOST_TEST((account.limits.min_gap == plain.limits.min_gap && !account.limits.per_hour &&
                !account.limits.per_day && account.limits.quiet.empty()));
    BOOST_TEST((account.delivery.timeout == plain.delivery.timeout));
    BOOST_TEST((account.delivery.quiet == plain.delivery.quiet));
    BOOST_TEST((account.delivery.key_window == plain.delivery.key_window));
    BOOST_TEST((account.delivery.retry_first == plain.delivery.retry_first));
    BOOST_TEST((account.delivery.retry_most == plain.delivery.retry_most));
    BOOST_TEST((account.delivery.probe == plain.delivery.probe));
    BOOST_TEST((account.delivery.look == plain.delivery.look));
    const EntrySettings entry;
    BOOST_TEST((loaded.schedule[0].missed.policy == entry.missed.policy));
    BOOST_TEST((loaded.schedule[0].missed.within == entry.missed.within));
    BOOST_TEST((loaded.schedule[0].jitter == entry.jitter && !loaded.schedule[0].expires_after));
    const PostTemplate post;
    const PostTemplate& made = *loaded.schedule[0].targets[0].post;
    BOOST_TEST((made.sensitive == post.sensitive && made.overflow == post.overflow &&
                made.thread_counter == post.thread_counter && made.defuse_mentions == post.defuse_mentions &&
                made.language.empty()));
    BOOST_TEST((made.media[0].missing_alt == MediaTemplate{}.missing_alt && made.media[0].required));
    const SourceSettings source;
    BOOST_TEST(
        (loaded.sources[0].poll == source.poll && loaded.sources[0].allow_private == source.allow_private));
    BOOST_TEST(
        (loaded.sources[0].first_run.publish == source.first_run.publish && !loaded.sources[0].max_age));
    const Settings fresh;
    BOOST_TEST((loaded.fuse.posts == fresh.fuse.posts && loaded.fuse.within == fresh.fuse.within &&
                loaded.fuse.same_link == fresh.fuse.same_link &&
                loaded.fuse.same_text == fresh.fuse.same_text && loaded.fuse.on == fresh.fuse.on));
    BOOST_TEST((!loaded.schedule[0].fuse && !loaded.sources[0].fuse));
    const AlertSettings alerts = settings_of(with_accounts("alerts: {command: [/bin/true]}\n")).alerts;
    BOOST_TEST((alerts.on == fresh.alerts.on && alerts.silent_for == fresh.alerts.silent_for &&
                alerts.repeat == fresh.alerts.repeat &&
                alerts.heartbeat_every == fresh.alerts.heartbeat_every));
    BOOST_TEST(loaded.log.level == fresh.log.level);
    BOOST_TEST(loaded.log.format == fresh.log.format);
    BOOST_TEST(loaded.timezone == fresh.timezone);
    BOOST_TEST(loaded.store == "/var/lib/crier/crier.db");
    BOOST_TEST(loaded.admin_socket == "/run/crier/admin.sock");
}

BOOST_AUTO_TEST_CASE(what_the_daemon_itself_needs_is_read) {
    const Settings loaded =
        settings_of(with_accounts("store: data/crier.db\nadmin: {socket: run.sock}\nlog: {level: "
                                  "debug, format: json}\nfuse: {posts: 7, within: 2h, same_link: "
                                  "5, same_text: 6}\ndefaults: {timezone: Europe/Berlin}\n"));
    BOOST_TEST(loaded.store == "/etc/crier/data/crier.db");
    BOOST_TEST(loaded.admin_socket == "/etc/crier/run.sock");
    BOOST_TEST(loaded.log.level == "debug");
    BOOST_TEST(loaded.log.format == "json");
    BOOST_TEST(loaded.fuse.posts == 7);
    BOOST_TEST((loaded.fuse.within == std::chrono::hours{2}));
    BOOST_TEST(loaded.fuse.same_link == 5);
    BOOST_TEST(loaded.fuse.same_text == 6);
    BOOST_TEST(loaded.timezone == "Europe/Berlin");
}

BOOST_AUTO_TEST_CASE(a_socket_path_must_fit_into_an_address) {
    BOOST_TEST(
        said(with_accounts("admin: {socket: /run/" + std::string(120, 'x') + "}\n")) ==
        "crier.yaml:3:17: admin.socket: the path is too long for a socket\n    hint: at most 107 bytes\n");
}

BOOST_AUTO_TEST_SUITE_END()
