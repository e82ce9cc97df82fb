#include "commands/checking.hpp"
#include "commands/commands.hpp"
#include "commands/init_questions.hpp"
#include "commands/init_text.hpp"
#include "commands/new_file.hpp"
#include "commands/problem_text.hpp"

#include <climits>

#include <csignal>
#include <cstdlib>
#include <cstring>
#include <ostream>
#include <string_view>
#include <sys/stat.h>
#include <unistd.h>
#include <utility>

namespace crier::commands {

namespace {

/// Ctrl-C waits until both files are there, or neither.
class Undisturbed {
public:
    Undisturbed() {
        sigset_t some;
        sigemptyset(&some);
        for (const int signal : {SIGINT, SIGTERM, SIGHUP, SIGQUIT})
            sigaddset(&some, signal);
        (void)::pthread_sigmask(SIG_BLOCK, &some, &before_);
    }
    ~Undisturbed() { (void)::pthread_sigmask(SIG_SETMASK, &before_, nullptr); }
    Undisturbed(const Undisturbed&) = delete;
    Undisturbed& operator=(const Undisturbed&) = delete;

private:
    sigset_t before_{};
};

/// Ctrl-C is answered, once both files are there otherwise than before.
class Interrupted {
public:
    Interrupted() {
        said_ = "\ncrier: stopped; nothing was written\n";
        struct sigaction action {};
        action.sa_handler = &Interrupted::answer;
        action.sa_flags = static_cast<int>(SA_RESETHAND); // and then it ends as by the signal
        (void)::sigaction(SIGINT, &action, &before_);
    }
    ~Interrupted() { (void)::sigaction(SIGINT, &before_, nullptr); }
    Interrupted(const Interrupted&) = delete;
    Interrupted& operator=(const Interrupted&) = delete;

    /// While it is blocked (Undisturbed).
    static void all_is_written() { said_ = "\ncrier: stopped; the configuration was written\n"; }

private:
    static void answer(int signal) {
        const char* const said = said_;
        (void)!::write(STDERR_FILENO, said, std::strlen(said));
        (void)::raise(signal);
    }

    static inline const char* volatile said_ = nullptr;
    struct sigaction before_ {};
};

struct Places {
    std::string directory;
    std::string yaml;
    std::string env;
};

/// The folder, which is there, and the files in it, of which only crier.env may be there.
Result<Places> places_of(const Invocation& call, const InitOptions& options) {
    std::string directory = options.directory;
    std::string name = "crier.yaml";
    if (!call.config.empty()) {
        if (options.directory != ".")
            return Failure{Cause::usage, "--config and --directory both say where to write",
                           "--config FILE names the file, --directory the folder for crier.yaml"};
        const auto slash = call.config.rfind('/');
        name = slash == std::string::npos ? call.config : call.config.substr(slash + 1);
        if (slash != std::string::npos)
            directory = call.config.substr(0, slash + 1);
        if (name.empty())
            return Failure{Cause::usage, "--config names a folder: " + call.config,
                           "--directory is the option for that"};
    } else if (options.systemd && options.directory == ".") {
        directory = "/etc/crier";
    }
    char resolved[PATH_MAX];
    struct stat info {};
    if (::realpath(directory.c_str(), resolved) == nullptr || ::stat(resolved, &info) != 0)
        return Failure{Cause::not_found,
                       "the folder " + directory + " does not exist: mkdir -p " + directory};
    if (!S_ISDIR(info.st_mode))
        return Failure{Cause::usage, directory + " is no folder"};
    Places places;
    places.directory = resolved;
    const std::string below = places.directory == "/" ? "/" : places.directory + "/";
    places.yaml = below + name;
    places.env = below + "crier.env";
    if (::lstat(places.yaml.c_str(), &info) == 0) {
        if (S_ISDIR(info.st_mode))
            return Failure{Cause::usage, places.yaml + " is a folder"};
        if (!options.force)
            return Failure{Cause::usage, places.yaml + " is there already", "--force writes it anew"};
        // The file behind a link is written, and the link stays.
        if (::realpath(places.yaml.c_str(), resolved) != nullptr)
            places.yaml = resolved;
    }
    return places;
}

/// Both files or neither, and a configuration that passes its own check. True: crier.env was there and stays.
Result<bool> write_files(const Invocation& call, const InitOptions& options, const InitAnswers& answers,
                         const Places& places) {
    const Undisturbed undisturbed;
    InitPlaces text_places;
    text_places.directory = places.directory;
    text_places.systemd = options.systemd;
    Result<NewFile> yaml =
        NewFile::write(places.yaml, init_configuration(answers, text_places),
                       options.systemd ? NewFile::Readers::service : NewFile::Readers::usual);
    if (!yaml)
        return yaml.error();
    config::Loaded loaded = load_config(yaml->beside());
    for (config::Problem& problem : loaded.problems) {
        if (problem.file == yaml->beside())
            problem.file = places.yaml;
        call.err << problem_text(problem) << '\n';
    }
    if (!loaded.settings)
        return Failure{Cause::config, "this would be no good configuration; nothing was written"};
    struct stat info {};
    const NewFile::Over over = options.force ? NewFile::Over::existing : NewFile::Over::nothing;
    const bool kept = ::lstat(places.env.c_str(), &info) == 0; // a token may stand in it
    if (!kept) {
        Result<NewFile> env = NewFile::write(places.env, init_environment(), NewFile::Readers::owner);
        if (!env)
            return env.error();
        if (const Result<> placed = place_both(*env, *yaml, over); !placed)
            return placed.error();
    } else if (const Result<> placed = yaml->place(over); !placed) {
        return placed.error();
    }
    Interrupted::all_is_written();
    return kept;
}

void tell_next_steps(const Invocation& call, const InitOptions& options, const InitAnswers& answers,
                     const Places& places, bool kept) {
    if (kept)
        call.out << "\nWrote " << places.yaml << ".\n"
                 << "kept " << places.env << ", which was there, with the token that is in it\n\n";
    else
        call.out << "\nWrote " << places.yaml << " and " << places.env << ".\n\n";
    const std::string with_token = "set -a; . " + places.env + "; set +a";
    call.out
        << "Next, a token that can do nothing but post. In a browser, logged in as the bot:\n"
        << answers.server << "/settings/applications/new\n"
        << "   (Preferences > Development > New application)\n"
        << "     Name:         crier\n"
        << "     Redirect URI: urn:ietf:wg:oauth:2.0:oob\n"
        << (answers.folder.empty()
                ? "     Scopes:       tick only write:statuses; untick everything else. (And write:media,\n"
                  "                   if it is to post pictures some day.)\n"
                : "     Scopes:       tick only write:statuses and write:media; untick everything else.\n")
        << "   Submit, open the application, and copy *Your access token*: the third line, not the\n"
        << "   client key and not the client secret. Put it into " << places.env << "\n"
        << "   behind MASTODON_ACCESS_TOKEN=. Or let crier ask the server for one: command 1.\n\n"
        << "1. crier login " << answers.server << " --print\n"
        << "2. (" << with_token << "; crier check --online --config " << places.yaml << ")\n"
        << "3. "
        << (options.systemd ? "systemctl enable --now crier"
                            : "(" + with_token + "; crier run --config " + places.yaml + ")")
        << '\n';
    if (answers.mode == "hold")
        call.out << "\nEach post waits for you: `crier outbox` lists them, `crier outbox approve ID` lets "
                    "one go.\n"
                    "When they are as you want them, make `mode: live` of `mode: hold`.\n";
}

} // namespace

int init(const Invocation& call, const InitOptions& options) {
    const Interrupted interrupted;
    // Before anything is asked: an answer that is lost in the end is worse than none.
    const Result<Places> places = places_of(call, options);
    if (!places)
        return fail(call, places.error());
    const Result<InitAnswers> answers = ask_for_init(call, options);
    if (!answers)
        return fail(call, answers.error());
    const Result<bool> kept = write_files(call, options, *answers, *places);
    if (!kept)
        return fail(call, kept.error());
    tell_next_steps(call, options, *answers, *places, *kept);
    return exit_ok;
}

} // namespace crier::commands
