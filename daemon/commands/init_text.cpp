#include "commands/init_text.hpp"

#include "config/yaml_text.hpp"

namespace crier::commands {

namespace {

using config::yaml_quoted;

std::string feed_source(const InitAnswers& answers, const std::string& account) {
    std::string yaml = "  blog:\n"
                       "    plugin: feed\n"
                       "    url: " +
                       yaml_quoted(answers.feed) + "\n";
    if (answers.private_feed)
        yaml += "    allow_private: true      # it is on this machine or in a private network\n";
    return yaml +
           "    poll: 15m\n"
           "    accounts: [" +
           account +
           "]\n"
           "    # What the feed holds today is noted and not posted; what comes after is.\n"
           "    first_run: {publish: 0}\n"
           "    post:\n"
           "      status: \"{{ title }}\\n\\n{{ link }}\"\n";
}

std::string folder_source(const InitAnswers& answers, const std::string& account) {
    return "  inbox:\n"
           "    plugin: directory        # each text that is put into the folder is a post\n"
           "    path: " +
           yaml_quoted(answers.folder) +
           "\n"
           "    after: move              # to sent/ or failed/ in it, with a note; keep: it stays\n"
           "    accounts: [" +
           account +
           "]\n"
           "    # What lies there today is noted and not posted; what comes after is.\n"
           "    first_run: {publish: 0}\n"
           "    post:\n"
           "      status: \"{{ content }}\"\n"
           "      media: [{from: item}]\n";
}

std::string hello_entry(const std::string& account, const std::string& before) {
    std::string yaml;
    for (const std::string& line :
         {std::string{"schedule:"}, std::string{"  - name: hello"}, "    account: " + account,
          std::string{"    cron: \"0 9 * * MON\"      # minute hour day month weekday"},
          std::string{"    post:"},
          std::string{"      status: \"Good morning, it is {{ now | date('%A, %-d %B') }}.\""}})
        yaml += before + line + "\n";
    return yaml;
}

} // namespace

std::string init_configuration(const InitAnswers& answers, const InitPlaces& places) {
    const std::string account = config::yaml_scalar(config::yaml_name(answers.handle, "bot"));
    std::string yaml =
        "# crier.yaml: what to post, where and when. `crier check` says what is wrong with it,\n"
        "# `crier preview` shows what it would post. Every key: docs/CONFIG.md.\n"
        "version: 1\n"
        "defaults:\n"
        "  timezone: " +
        yaml_quoted(answers.timezone) +
        "    # of the schedule, and of dates in texts\n"
        "accounts:\n"
        "  " +
        account +
        ":\n"
        "    server: " +
        yaml_quoted(answers.server) +
        "\n"
        "    handle: " +
        yaml_quoted(answers.handle) +
        "\n"
        "    # The token stands in crier.env (beside this file), never here.\n"
        "    token: {env: MASTODON_ACCESS_TOKEN}\n"
        "    mode: " +
        answers.mode +
        "               # live: it posts; hold: approve each post first; dry: only say it\n"
        "    defaults: {visibility: public, language: " +
        yaml_quoted(answers.language) + "}\n";
    const bool has_source = !answers.feed.empty() || !answers.folder.empty();
    if (has_source)
        yaml +=
            "# Texts: docs/TEMPLATES.md. Filters, delays and all other keys of a source: docs/CONFIG.md.\n"
            "sources:\n";
    if (!answers.feed.empty())
        yaml += feed_source(answers, account);
    if (!answers.folder.empty())
        yaml += folder_source(answers, account);
    yaml += has_source ? "# What goes out by the clock (docs/SCHEDULE.md), as for example:\n"
                       : "# What goes out by the clock: docs/SCHEDULE.md; `crier explain hello` says when.\n";
    yaml += hello_entry(account, has_source ? "# " : "");
    if (!places.systemd)
        yaml += "# All that must not be forgotten, and where other commands reach the daemon.\n"
                "store: " +
                yaml_quoted(places.directory + "/crier.db") +
                "\n"
                "admin: {socket: " +
                yaml_quoted(places.directory + "/crier.sock") + "}\n";
    return yaml;
}

std::string init_environment() {
    return "# The access token of the application that you made on your server (Preferences > Development).\n"
           "# Only this file holds it: keep it 0600, out of every repository. A leaked token is revoked by\n"
           "# deleting the application there.\n"
           "MASTODON_ACCESS_TOKEN=\n";
}

} // namespace crier::commands
