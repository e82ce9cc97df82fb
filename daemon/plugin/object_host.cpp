#include "plugin/object_host.hpp"

#include "plugin/document.hpp"
#include "plugin/object_file.hpp"
#include "plugin/registry.hpp"

#include <array>
#include <cerrno>
#include <cstddef>
#include <dlfcn.h>
#include <fcntl.h>
#include <unistd.h>
#include <utility>

namespace crier::plugin {

namespace {

/// A head beside the document.
constexpr std::size_t longest_request = most_bytes + (std::size_t{8} << 20U);

std::string loader_words() {
    const char* words = ::dlerror(); // NOLINT(concurrency-mt-unsafe): one thread
    return words == nullptr ? "the loader does not say why" : words;
}

template <class Function>
Function symbol(void* object, const char* name) {
    return reinterpret_cast<Function>(::dlsym(object, name));
}

std::string read_all(int descriptor) {
    std::string text;
    std::array<char, 65536> piece{};
    for (;;) {
        const ssize_t count = ::read(descriptor, piece.data(), piece.size());
        if (count < 0 && errno == EINTR)
            continue;
        if (count <= 0 || text.size() > longest_request)
            return text;
        text.append(piece.data(), static_cast<std::size_t>(count));
    }
}

void write_all(int descriptor, std::string_view text) {
    while (!text.empty()) {
        const ssize_t count = ::write(descriptor, text.data(), text.size());
        if (count < 0 && errno == EINTR)
            continue;
        if (count <= 0)
            return;
        text.remove_prefix(static_cast<std::size_t>(count));
    }
}

std::string error_line(const Failure& failure) {
    return write_reply(Result<Parsed>{failure});
}

Result<Parsed> carry_out(const crier_plugin& table, const ObjectRequest& request) {
    const Result<std::shared_ptr<Instance>> instance = Instance::open(table, request.settings);
    if (!instance)
        return instance.error();
    if (!(*instance)->has(request.entrance))
        return Failure{Cause::internal, "the plugin has no such function"};
    return (*instance)->call(request.entrance, request.material);
}

} // namespace

Result<const crier_plugin*> load_object(const std::string& path) {
    if (const Result<> checked = check_object_file(path); !checked)
        return checked.error();
    void* object = ::dlopen(path.c_str(), RTLD_NOW | RTLD_LOCAL);
    if (object == nullptr)
        return Failure{Cause::config, path + " cannot be loaded: " + loader_words(),
                       "build it with -shared and -fPIC, and link all that it needs"};
    const auto version = symbol<decltype(&crier_plugin_version)>(object, "crier_plugin_version");
    const auto table_of = symbol<decltype(&crier_plugin_table)>(object, "crier_plugin_table");
    if (version == nullptr || table_of == nullptr)
        return Failure{Cause::config,
                       path + " is no plugin of crier's: it does not export crier_plugin_version and "
                              "crier_plugin_table",
                       "docs/PLUGINS.md shows a plugin; in C++ CRIER_EXPORT_PLUGIN does it"};
    constexpr std::array<std::uint32_t, 1> offered{CRIER_PLUGIN_ABI};
    const std::uint32_t chosen = version(offered.data(), offered.size());
    if (chosen != CRIER_PLUGIN_ABI)
        return Failure{Cause::unsupported,
                       path + " speaks no version of the plugin interface that this crier has (" +
                           std::to_string(CRIER_PLUGIN_ABI) + ")",
                       "build it anew with this crier's SDK"};
    const crier_plugin* table = table_of(chosen);
    if (table == nullptr)
        return Failure{Cause::unsupported, path + " has no table of version " + std::to_string(chosen),
                       "crier_plugin_table must answer for the version that crier_plugin_version has chosen"};
    if (const Result<> good = check_table(*table); !good)
        return Failure{good.error().cause, path + ": " + good.error().message, good.error().hint};
    return table;
}

ObjectInfo describe(const crier_plugin& table) {
    ObjectInfo info;
    info.name = table.name;
    info.about = table.about;
    info.capabilities = table.capabilities;
    info.begins = has_entrance(table, Entrance::begin);
    info.reads_pages = has_entrance(table, Entrance::page);
    for (std::size_t i = 0; i < table.option_count; ++i)
        info.options.emplace_back(table.options[i].name, table.options[i].about);
    return info;
}

int serve_object(const std::string& path) {
    // What a plugin prints must not stand in the reply.
    const int reply = ::fcntl(STDOUT_FILENO, F_DUPFD_CLOEXEC, 3);
    if (reply < 0 || ::dup2(STDERR_FILENO, STDOUT_FILENO) < 0)
        return 1;
    const std::string text = read_all(STDIN_FILENO);
    const Result<ObjectRequest> request = read_request(text);
    if (!request) {
        write_all(reply, error_line(request.error()));
        return 1;
    }
    const Result<const crier_plugin*> table = load_object(path);
    if (!table)
        write_all(reply, error_line(table.error()));
    else if (request->describe)
        write_all(reply, write_info(describe(**table)));
    else
        write_all(reply, write_reply(carry_out(**table, *request)));
    // Without the destructors of what was loaded: they could hang, and there is nothing left to be done.
    ::_exit(0);
}

} // namespace crier::plugin
