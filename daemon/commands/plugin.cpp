#include "commands/plugin.hpp"

#include "admin/json.hpp"
#include "commands/run_coroutine.hpp"
#include "plugin/object_host.hpp"
#include "plugin/object_reader.hpp"
#include "plugin/registry.hpp"
#include "ports/own_program.hpp"
#include "sys/clock.hpp"
#include "sys/command_runner.hpp"
#include "sys/worker_pool.hpp"

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>
#include <climits>

#include <algorithm>
#include <cstdlib>
#include <fstream>
#include <iterator>
#include <ostream>
#include <random>
#include <utility>

namespace crier::commands {

namespace asio = boost::asio;
namespace json = boost::json;

namespace {

/// Documents that are made of the given one, of each kind.
constexpr std::size_t tries = 48;

constexpr Duration patience = std::chrono::seconds{10};

std::string capabilities_in_words(std::uint32_t capabilities) {
    constexpr std::pair<std::uint32_t, const char*> names[] = {
        {CRIER_PLUGIN_FETCHES, "reads what is fetched from `url`"},
        {CRIER_PLUGIN_RUNS, "reads what `command` writes"},
        {CRIER_PLUGIN_FOLDER, "reads the files of `path`"},
        {CRIER_PLUGIN_HEARS, "reads what is sent"},
        {CRIER_PLUGIN_POLLS, "gets its bytes by itself"},
        {CRIER_PLUGIN_CLOCK, "goes by the time"},
        {CRIER_PLUGIN_EDITS, "knows edits"},
        {CRIER_PLUGIN_DELETES, "knows what was taken back"},
        {CRIER_PLUGIN_FORWARD, "gives the oldest first"},
        {CRIER_PLUGIN_OWN, "posts what is there at the first look"},
    };
    std::string words;
    for (const auto& [flag, name] : names)
        if ((capabilities & flag) != 0)
            words += (words.empty() ? "" : ", ") + std::string{name};
    return words;
}

/// What a test of a plugin goes by, and what it found.
class Trial {
public:
    Trial(const Invocation& call, std::string file, plugin::Options settings)
        : call_(call)
        , settings_(std::move(settings))
        , pool_(sys::make_worker_pool(context_.get_executor(), 1, "crier-plugin"))
        , runner_(sys::make_command_runner(*pool_, call.environment))
        , process_(*runner_, this_program, std::move(file), patience, object_memory) {}

    [[nodiscard]] Result<plugin::ObjectInfo> describe() {
        return run_coroutine(context_, plugin::describe_object(process_));
    }

    [[nodiscard]] Result<plugin::Parsed> read(const plugin::ObjectInfo& info, plugin::Material material) {
        const auto reader = plugin::make_object_reader(process_, info, settings_);
        return run_coroutine(context_, reader->read(plugin::Entrance::parse, std::move(material)));
    }

    /// A reply in words is good; a process that dies or hangs is not.
    [[nodiscard]] bool survives(const plugin::ObjectInfo& info, plugin::Material material,
                                const std::string& what) {
        const Result<plugin::Parsed> parsed = read(info, std::move(material));
        if (parsed || parsed.error().cause == Cause::server || parsed.error().cause == Cause::config)
            return true;
        call_.out << "WRONG  " << what << ": " << parsed.error().message << '\n';
        return false;
    }

private:
    const Invocation& call_;
    plugin::Options settings_;
    asio::io_context context_{1};
    std::unique_ptr<WorkerPool> pool_;
    std::unique_ptr<CommandRunner> runner_;
    plugin::ObjectProcess process_;
};

Result<plugin::Options> settings_of(const std::vector<std::string>& texts) {
    plugin::Options settings;
    for (const std::string& text : texts) {
        const std::size_t equals = text.find('=');
        if (equals == std::string::npos || equals == 0)
            return Failure{Cause::usage, "'" + text + "' is no setting", "--set name=value"};
        settings.emplace_back(text.substr(0, equals), text.substr(equals + 1));
    }
    return settings;
}

Result<plugin::Material> material_of(const PluginOptions& options) {
    plugin::Material material;
    material.now = wall_now();
    if (options.input.empty())
        return material;
    std::ifstream file{options.input, std::ios::binary};
    if (!file)
        return Failure{Cause::not_found, options.input + " cannot be read", "--input names a document"};
    material.bytes.assign(std::istreambuf_iterator<char>{file}, {});
    material.base_url = options.input;
    material.asked = options.input;
    return material;
}

json::array items_json(const std::vector<Item>& items) {
    json::array list;
    for (const Item& item : items)
        list.push_back(admin::to_json(item));
    return list;
}

/// The document cut off, and with bytes changed: from strangers all of that may come.
std::size_t try_broken(Trial& trial, const plugin::ObjectInfo& info, const plugin::Material& whole,
                       std::ostream& out) {
    std::size_t wrong = 0;
    const std::size_t size = whole.bytes.size();
    for (std::size_t i = 0; i < tries && size > 0; ++i) {
        plugin::Material cut = whole;
        cut.bytes.resize(size * i / tries);
        const std::string what = "cut off after " + std::to_string(cut.bytes.size()) + " bytes";
        wrong += trial.survives(info, std::move(cut), what) ? 0U : 1U;
    }
    for (unsigned seed = 1; seed <= tries && size > 0; ++seed) {
        std::mt19937 random{seed};
        plugin::Material changed = whole;
        for (std::size_t i = 0; i < 1 + size / 100; ++i)
            changed.bytes[random() % size] = static_cast<char>(random());
        wrong += trial.survives(info, std::move(changed), "random changes, seed " + std::to_string(seed))
                     ? 0U
                     : 1U;
    }
    if (wrong == 0 && size > 0)
        out << "good   " << 2 * tries << " broken documents: it lived through all of them\n";
    return wrong;
}

} // namespace

int list_plugins(const Invocation& call) {
    for (const plugin::BuiltIn& built_in : plugin::built_ins()) {
        if (call.json) {
            json::object object;
            object["name"] = built_in.name;
            object["about"] = built_in.about;
            object["options"] = json::array(built_in.options.begin(), built_in.options.end());
            print(call, object);
            continue;
        }
        call.out << built_in.name << ": " << built_in.about << '\n';
        if (built_in.table == nullptr)
            continue;
        for (std::size_t i = 0; i < built_in.table->option_count; ++i)
            call.out << "    " << built_in.table->options[i].name << ": " << built_in.table->options[i].about
                     << '\n';
    }
    return exit_ok;
}

int test_plugin(const Invocation& call, const PluginOptions& options) {
    char resolved[PATH_MAX];
    if (::realpath(options.file.c_str(), resolved) == nullptr)
        return fail(call,
                    Failure{Cause::not_found, options.file + " is not there", "crier plugin test FILE.so"});
    Result<plugin::Options> settings = settings_of(options.settings);
    if (!settings)
        return fail(call, settings.error());
    const Result<plugin::Material> material = material_of(options);
    if (!material)
        return fail(call, material.error());
    Trial trial{call, resolved, std::move(*settings)};
    const Result<plugin::ObjectInfo> info = trial.describe();
    if (!info)
        return fail(call, info.error());
    call.out << "good   " << info->name << ": " << info->about << " (interface version " << CRIER_PLUGIN_ABI
             << ")\n"
             << "       " << capabilities_in_words(info->capabilities) << '\n';
    for (const auto& [name, about] : info->options)
        call.out << "       " << name << ": " << about << '\n';
    if (options.input.empty() && (info->capabilities & CRIER_PLUGIN_POLLS) == 0) {
        call.out << "       give it a document to read: --input FILE, and settings: --set name=value\n";
        return exit_ok;
    }
    const Result<plugin::Parsed> first = trial.read(*info, *material);
    if (!first)
        return fail(call, first.error());
    call.out << "good   it read " << first->items.size() << " items, with " << first->warnings.size()
             << " warnings\n";
    for (const json::value& item : items_json(first->items))
        call.out << "       " << json::serialize(item) << '\n';
    for (const std::string& warning : first->warnings)
        call.out << "       warning: " << warning << '\n';
    std::size_t wrong = 0;
    const bool by_itself = (info->capabilities & (CRIER_PLUGIN_POLLS | CRIER_PLUGIN_CLOCK)) != 0;
    if (const Result<plugin::Parsed> again = trial.read(*info, *material);
        !by_itself && (!again || items_json(again->items) != items_json(first->items))) {
        call.out << "WRONG  the same bytes gave other items: what it remembers belongs into the cursor\n";
        ++wrong;
    }
    for (const Item& item : first->items)
        if (item.id.empty() && item.link.empty() && item.title.empty() && item.content.empty()) {
            call.out << "WRONG  an item has neither id nor link nor text\n";
            ++wrong;
            break;
        }
    wrong += try_broken(trial, *info, *material, call.out);
    return wrong == 0 ? exit_ok : exit_failed;
}

int plugin(const Invocation& call, const PluginOptions& options) {
    if (options.action == "serve")
        return crier::plugin::serve_object(options.file);
    if (options.action == "list")
        return list_plugins(call);
    if (options.file.empty())
        return fail(call, Failure{Cause::usage, "which shared object?", "crier plugin test FILE.so"});
    return test_plugin(call, options);
}

} // namespace crier::commands
