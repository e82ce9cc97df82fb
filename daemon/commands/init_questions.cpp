#include "commands/init_questions.hpp"

#include "commands/check_server.hpp"
#include "commands/composition.hpp"
#include "commands/run_coroutine.hpp"
#include "commands/server_name.hpp"
#include "commands/table.hpp"
#include "config/address.hpp"
#include "core/ascii.hpp"
#include "core/schedule/zone/zone.hpp"
#include "core/text/plain.hpp"
#include "mastodon/publisher.hpp"

#include <climits>

#include <algorithm>
#include <cstdlib>
#include <fstream>
#include <iostream>
#include <iterator>
#include <sys/stat.h>
#include <unistd.h>
#include <utility>

namespace crier::commands {

namespace {

/// How long a server or feed may take while somebody sits before the question.
constexpr Duration asking_patience = std::chrono::seconds{15};

/// A handle in whatever form people have it: "@news", "news@mastodon.example",
/// "https://mastodon.example/@news".
struct Handle {
    std::string name;
    std::string host;   ///< empty: not said
    std::string server; ///< the host as it was said, with the scheme where there was one
};

Handle split_handle(std::string text) {
    Handle handle;
    if (const auto page = text.rfind("/@"); page != std::string::npos) {
        const auto scheme = text.find("://");
        const auto host = scheme == std::string::npos ? 0 : scheme + 3;
        if (host < page) {
            handle.host = text.substr(host, page - host);
            handle.server = text.substr(0, page);
        }
        text.erase(0, page + 1);
    }
    if (!text.empty() && text.front() == '@')
        text.erase(0, 1);
    const auto at = text.find('@');
    handle.name = text.substr(0, at);
    if (at != std::string::npos)
        handle.server = handle.host = text.substr(at + 1);
    return handle;
}

Result<> check_handle(const Handle& handle, const std::string& server) {
    const bool plain = std::all_of(handle.name.begin(), handle.name.end(), [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' ||
               c == '.' || c == '-';
    });
    if (handle.name.empty() || !plain)
        return Failure{Cause::usage, "\"" + one_line(handle.name, 40) + "\" is no account's name",
                       "letters, digits, _ . and - : crier init --handle news"};
    const std::string theirs = ascii::lower(handle.host);
    const auto host = server.substr(server.find("://") + 3);
    if (!theirs.empty() && theirs != host && theirs != host.substr(0, host.rfind(':')))
        return Failure{Cause::usage,
                       "the handle is of " + one_line(theirs, 80) + ", and the server is " + host,
                       "if both are right (the server answers under another name), leave the host out: "
                       "--handle " +
                           handle.name};
    return {};
}

/// Asks on standard output; whoever answers through a pipe is answered with line breaks of our own.
class Questions {
public:
    Questions(const Invocation& call, bool terminal)
        : call_(call)
        , terminal_(terminal) {}

    /// How many will be asked: those that no option has answered.
    void expect(std::size_t count) { expected_ = count; }
    /// The next one begins: it has a number, however often it is asked.
    void next() { ++number_; }

    /// The answer, or what stands in brackets.
    [[nodiscard]] Result<std::string> ask(const std::string& question, const std::string& usual = {}) {
        if (ended_)
            return usual;
        if (terminal_ && !begun_)
            call_.out
                << count_in_words(expected_)
                << " Enter takes what stands in brackets; nothing is written before the last answer.\n\n";
        begun_ = true;
        call_.out << number_ << ". " << question << (usual.empty() ? "" : " [" + usual + "]") << ": "
                  << std::flush;
        std::string answer;
        ended_ = !std::getline(std::cin, answer);
        if (!terminal_ || ended_)
            call_.out << '\n';
        if (terminal_ && ended_)
            return Failure{Cause::cancelled, "stopped; nothing was written"};
        answer = text::strip(answer);
        return answer.empty() ? usual : answer;
    }

    /// One more try, where there is somebody who may think again.
    [[nodiscard]] bool again(const Failure& failure) {
        if (!terminal_ || ended_)
            return false;
        say(failure.message + (failure.hint.empty() ? "" : "; " + failure.hint));
        return true;
    }
    void say(const std::string& what) { call_.out << "   " << one_line(what, 400) << '\n'; }
    [[nodiscard]] bool terminal() const noexcept { return terminal_; }

private:
    static std::string_view count_in_words(std::size_t count) {
        constexpr std::string_view words[] = {"A question.",      "One question.",   "Two questions.",
                                              "Three questions.", "Four questions.", "Five questions."};
        return words[std::min(count, std::size(words) - 1)];
    }

    const Invocation& call_;
    bool terminal_;
    bool begun_ = false;
    bool ended_ = false;
    std::size_t expected_ = 0;
    std::size_t number_ = 0;
};

bool is_folder(const std::string& path) {
    struct stat info {};
    return ::stat(path.c_str(), &info) == 0 && S_ISDIR(info.st_mode);
}

std::string resolved(const std::string& path) {
    char whole[PATH_MAX];
    return ::realpath(path.c_str(), whole) != nullptr ? std::string{whole} : std::string{};
}

bool is_web_address(const std::string& text) {
    const std::string scheme = ascii::lower(text.substr(0, 8));
    return scheme.starts_with("https://") || scheme.starts_with("http://");
}

/// The address of a feed, or the absolute path of a file with one.
Result<std::string> read_feed(const std::string& text) {
    if (text.empty())
        return text;
    if (is_web_address(text)) {
        if (const auto address = config::parse_address(text); !address)
            return Failure{Cause::usage, "--feed: " + address.error().message, address.error().hint};
        return text;
    }
    const std::string path = ascii::lower(text.substr(0, 7)) == "file://" ? text.substr(7) : text;
    std::string file = resolved(path);
    if (file.empty() || is_folder(file))
        return Failure{Cause::usage,
                       "a feed's address begins with https://, and there is no file " + one_line(text, 80),
                       "crier init --feed https://example.org/feed.xml"};
    return file;
}

Result<std::string> read_folder(const std::string& text) {
    if (text.empty())
        return text;
    std::string folder = resolved(text);
    if (folder.empty() || !is_folder(folder))
        return Failure{Cause::usage, "there is no folder " + one_line(text, 80), "mkdir -p " + text};
    return folder;
}

Result<std::string> read_zone(const std::string& text) {
    const Result<schedule::Zone> zone = schedule::Zone::find(text);
    if (!zone)
        return Failure{Cause::usage, zone.error().message, zone.error().hint};
    return text;
}

/// As this machine has it; UTC where it does not say.
std::string machine_zone(const sys::Environment& environment) {
    std::vector<std::string> names;
    if (const auto given = environment.get("TZ"))
        names.emplace_back(given->starts_with(':') ? given->substr(1) : *given);
    char target[PATH_MAX];
    if (const auto size = ::readlink("/etc/localtime", target, sizeof target); size > 0) {
        const std::string link{target, static_cast<std::size_t>(size)};
        constexpr std::string_view folder = "zoneinfo/";
        if (const auto at = link.rfind(folder); at != std::string::npos)
            names.push_back(link.substr(at + folder.size()));
    }
    std::string line;
    if (std::ifstream file{"/etc/timezone"}; std::getline(file, line))
        names.push_back(text::strip(line));
    for (const std::string& name : names)
        if (!name.empty() && schedule::Zone::find(name))
            return name;
    return "UTC";
}

/// Of the posts: the language of this machine's messages, or English.
std::string machine_language(const sys::Environment& environment) {
    for (const char* name : {"LC_ALL", "LC_MESSAGES", "LANG"}) {
        const std::string value{environment.get(name).value_or("")};
        const auto letter = [&](std::size_t i) { return value[i] >= 'a' && value[i] <= 'z'; };
        if (value.size() >= 2 && letter(0) && letter(1) && (value.size() == 2 || !letter(2)))
            return value.substr(0, 2);
    }
    return "en";
}

/// Looks at what was named, through the parts that the daemon uses, too.
class Looks {
public:
    explicit Looks(const Invocation& call)
        : composition_(context_, call, settings_, log_) {}

    [[nodiscard]] Result<ServerProfile> server(const std::string& address, const std::string& handle) {
        AccountSettings account;
        account.name = "account";
        account.server = address;
        account.handle = handle;
        account.delivery.timeout = asking_patience;
        const auto token = composition_.token(account);
        const auto publisher =
            mastodon::make_publisher(account, composition_.http(), *token, composition_.clock());
        return run_coroutine(context_, publisher->profile());
    }

    [[nodiscard]] Result<SourceYield> feed(const std::string& address) {
        SourceSettings source;
        source.name = "feed";
        source.plugin = "feed";
        source.url = address;
        source.allow_private = true; // whoever sits here has named it
        return composition_.look_at(source);
    }

private:
    Settings settings_;
    boost::asio::io_context context_{1};
    NoLog log_;
    Composition composition_;
};

/// No way to it now, which says nothing of it.
bool is_out_of_reach(const Failure& failure) {
    return failure.cause == Cause::network || failure.cause == Cause::temporary;
}

class Asking {
public:
    Asking(const Invocation& call, const InitOptions& options)
        : call_(call)
        , options_(options)
        , questions_(call, options.interactive)
        , looks_(call) {}

    Result<InitAnswers> run() {
        handle_ = split_handle(options_.handle);
        const std::string server = options_.server.empty() ? handle_.server : options_.server;
        asks_ = options_.interactive || server.empty() || handle_.name.empty();
        const bool answered[] = {!server.empty(), !handle_.name.empty(),
                                 !options_.feed.empty() || !options_.folder.empty(),
                                 !options_.timezone.empty(), !options_.mode.empty()};
        questions_.expect(
            static_cast<std::size_t>(std::count(std::begin(answered), std::end(answered), false)));
        for (const auto step :
             {&Asking::server, &Asking::handle, &Asking::what, &Asking::zone, &Asking::mode})
            if (const Result<> done = (this->*step)(); !done)
                return done.error();
        answers_.language = machine_language(call_.environment);
        return std::move(answers_);
    }

private:
    Result<> server() {
        const std::string given = options_.server.empty() ? handle_.server : options_.server;
        std::string doubted; // by what a look said of it: once more, and it is meant
        if (!given.empty()) {
            Result<std::string> read = read_server("--server", given);
            if (!read)
                return read.error();
            answers_.server = std::move(*read);
            if (!questions_.terminal() || look_at_server())
                return {};
            doubted = answers_.server;
        }
        questions_.next();
        for (;;) {
            Result<std::string> answer = questions_.ask("Server of the account (mastodon.example)");
            if (!answer)
                return answer.error();
            if (answer->empty()) {
                const Failure nothing{Cause::usage, "init needs a server and a handle",
                                      "crier init --server mastodon.example --handle news [--feed ADDRESS]"};
                if (questions_.again(nothing))
                    continue;
                return nothing;
            }
            // Whoever gives the whole handle has answered two questions.
            const Handle whole = split_handle(*answer);
            if (!whole.host.empty() && answer->find('@') != std::string::npos) {
                handle_ = handle_.name.empty() ? whole : handle_;
                answer = whole.server;
            }
            Result<std::string> read = read_server("the server", *answer);
            if (!read) {
                if (questions_.again(read.error()))
                    continue;
                return read.error();
            }
            answers_.server = std::move(*read);
            if (answers_.server == doubted || look_at_server())
                return {};
            doubted = answers_.server;
        }
    }

    /// True: go on. False: somebody is there who may think again.
    bool look_at_server() {
        if (options_.offline)
            return true;
        const Result<ServerProfile> profile = looks_.server(answers_.server, {});
        if (profile) {
            questions_.say(server_lines(answers_.server, *profile).front());
            return true;
        }
        return doubt(is_out_of_reach(profile.error())
                         ? "it cannot be reached now (" + profile.error().message + ")"
                         : "it does not answer as Mastodon and its like do (" + profile.error().message +
                               ")");
    }

    bool doubt(const std::string& what) {
        const bool again = questions_.terminal();
        questions_.say(what +
                       (again ? "; is it right? The same once more takes it all the same" : "; going on"));
        return !again;
    }

    Result<> handle() {
        std::string usual = handle_.name;
        if (!options_.handle.empty() && !usual.empty()) {
            if (const Result<> good = check_handle(handle_, answers_.server); !good)
                return good.error();
            answers_.handle = usual;
            return {};
        }
        questions_.next();
        for (;;) {
            Result<std::string> answer =
                questions_.ask("Handle of the account, without the server (news)", usual);
            if (!answer)
                return answer.error();
            const Handle read = split_handle(*answer);
            const Result<> good =
                read.name.empty()
                    ? Result<>{Failure{Cause::usage, "init needs a server and a handle",
                                       "crier init --server mastodon.example --handle news [--feed ADDRESS]"}}
                    : check_handle(read, answers_.server);
            if (good) {
                answers_.handle = read.name;
                return {};
            }
            if (!questions_.again(good.error()))
                return good.error();
        }
    }

    Result<> what() {
        Result<std::string> feed = read_feed(options_.feed);
        if (!feed)
            return feed.error();
        Result<std::string> folder = read_folder(options_.folder);
        if (!folder)
            return folder.error();
        answers_.folder = std::move(*folder);
        take_feed(std::move(*feed));
        std::string usual = "nothing yet";
        std::string doubted;
        if (!answers_.feed.empty() && questions_.terminal() && !look_at_feed(usual)) {
            doubted = answers_.feed;
            take_feed({});
        }
        if (!asks_ || !answers_.feed.empty() || !answers_.folder.empty())
            return {};
        questions_.next();
        for (;;) {
            Result<std::string> answer =
                questions_.ask("What to post: a feed's address, a folder, or nothing yet", usual);
            if (!answer)
                return answer.error();
            take_feed({}); // of an answer that was doubted
            if (*answer == "nothing yet" || *answer == "nothing" || answer->empty())
                return {};
            if (is_folder(*answer)) {
                answers_.folder = resolved(*answer);
                return {};
            }
            if (!is_web_address(*answer) && resolved(*answer).empty() &&
                answer->find('.') != std::string::npos && answer->find(' ') == std::string::npos &&
                answer->front() != '/')
                answer = "https://" + *answer;
            Result<std::string> read = read_feed(*answer);
            if (!read) {
                if (questions_.again(read.error()))
                    continue;
                return read.error();
            }
            take_feed(std::move(*read));
            if (answers_.feed == doubted || look_at_feed(usual))
                return {};
            doubted = answers_.feed;
        }
    }

    void take_feed(std::string feed) {
        answers_.feed = std::move(feed);
        const auto address = config::parse_address(answers_.feed);
        answers_.private_feed =
            address && (config::is_loopback(address->host) || config::is_private(address->host));
    }

    /// True: go on. False: to be asked again, with a better answer in brackets where there is one.
    bool look_at_feed(std::string& usual) {
        if (options_.offline)
            return true;
        const Result<SourceYield> yield = looks_.feed(answers_.feed);
        if (yield) {
            const std::string newest =
                yield->items.empty() ? "" : ", the first: " + title(yield->items.front());
            questions_.say("a feed with " + text::counted(yield->items.size(), "item", "items") + newest);
            return true;
        }
        if (is_out_of_reach(yield.error()))
            return doubt("it cannot be read now (" + yield.error().message + ")");
        const std::vector<std::string> feeds = feeds_named_in(yield.error().message);
        if (feeds.empty())
            return doubt("no feed: " + yield.error().message);
        questions_.say("that is a web page; its feed is " + feeds.front());
        usual = feeds.front();
        if (questions_.terminal())
            return false;
        take_feed(usual);
        return true;
    }

    static std::string title(const Item& item) {
        const std::string line = text::one_line(item.title.empty() ? item.link : item.title);
        return text::first_graphemes(line, 60);
    }

    Result<> zone() {
        std::string usual = machine_zone(call_.environment);
        if (!options_.timezone.empty() || !asks_) {
            Result<std::string> read = read_zone(options_.timezone.empty() ? usual : options_.timezone);
            if (!read)
                return read.error();
            answers_.timezone = std::move(*read);
            return {};
        }
        questions_.next();
        for (;;) {
            const Result<std::string> answer = questions_.ask("Time zone of the schedule", usual);
            if (!answer)
                return answer.error();
            Result<std::string> read = read_zone(*answer);
            if (read) {
                answers_.timezone = std::move(*read);
                return {};
            }
            if (!questions_.again(read.error()))
                return read.error();
        }
    }

    Result<> mode() {
        answers_.mode = options_.mode.empty() ? "live" : options_.mode;
        if (!options_.mode.empty() || !asks_)
            return {};
        questions_.next();
        for (;;) {
            const Result<std::string> answer =
                questions_.ask("Try it first? Each post then waits for your approval", "yes");
            if (!answer)
                return answer.error();
            const std::string word = ascii::lower(*answer);
            if (word == "y" || word == "yes" || word == "n" || word == "no") {
                answers_.mode = word.front() == 'y' ? "hold" : "live";
                return {};
            }
            const Failure neither{Cause::usage, "yes or no, and not " + one_line(*answer, 40)};
            if (!questions_.again(neither))
                return neither;
        }
    }

    const Invocation& call_;
    const InitOptions& options_;
    Questions questions_;
    Looks looks_;
    InitAnswers answers_;
    Handle handle_;
    bool asks_ = false;
};

} // namespace

std::vector<std::string> feeds_named_in(const std::string& message) {
    std::vector<std::string> feeds;
    if (message.find("web page") == std::string::npos)
        return feeds;
    // Behind the page's own address and title.
    for (std::size_t at = message.find(" and no feed");
         (at = message.find("http", at)) != std::string::npos;) {
        const auto end = std::min(message.find_first_of(" \n", at), message.size());
        std::string address = message.substr(at, end - at);
        while (!address.empty() && (address.back() == ',' || address.back() == ':' || address.back() == ')'))
            address.pop_back();
        if (is_web_address(address))
            feeds.push_back(std::move(address));
        at = end;
    }
    return feeds;
}

Result<InitAnswers> ask_for_init(const Invocation& call, const InitOptions& options) {
    return Asking{call, options}.run();
}

} // namespace crier::commands
