#include "app/cli.h"

#include <CLI/CLI.hpp>
#include <exception>
#include <iostream>

#include "app/commands/commands.h"
#include "app/kv_type.h"

namespace peregrine::app {
namespace {

constexpr int kUsageError = 2;

// What CLI11 keeps references into while it parses.
struct AllOptions {
  ServeOptions serve;
  ChatOptions chat;
  CompleteOptions complete;
  TranscribeOptions transcribe;
  InspectOptions inspect;
  LogitsOptions logits;
  BenchOptions bench;
  TokenizeOptions tokenize;
  RenderOptions render;
  MakeModelOptions make_model;
  PullOptions pull;
  ListOptions list;
  RmOptions rm;
  KeysCreateOptions keys_create;
  KeysListOptions keys_list;
  KeysRevokeOptions keys_revoke;
  UsageOptions usage;
  DoctorOptions doctor;
};

// An option whose value is the name of a type of keys and values. CLI11 would take the numbers of an enum as
// well.
template <class Type>
void add_kv_type(CLI::App* command, const char* flag, Type& type, const char* help) {
  std::vector<std::string> names;
  names.reserve(std::size(kKvTypes));
  for (const KvType& known : kKvTypes) names.emplace_back(known.name);
  command
      ->add_option_function<std::string>(
          flag,
          [&type](const std::string& name) {
            const tensor::DType known = parse_kv_type(name).value_or(tensor::DType::kF16);
            type = known;
          },
          help)
      ->check(CLI::IsMember(names));
}

void add_folder(CLI::App* command, FolderOptions& o) {
  command->add_option("--models-dir", o.models_dir, "Folder of models (models in the data folder)")
      ->type_name("DIR");
  command->add_option("--data-dir", o.data_dir, "Data folder (~/.local/share/peregrine)")->type_name("DIR");
}

void add_serve(CLI::App& app, ServeOptions& o, int& status) {
  CLI::App* command = app.add_subcommand("serve", "Serve the API for one or more models");
  command
      ->add_option(
          "--model,-m", o.models,
          "Model to load at start: a GGUF file (the first shard), or the name of one in the models folder; "
          "may be repeated; without any, the starter model in the box")
      ->type_name("MODEL");
  command->add_option("--host", o.host, "Address to listen on (127.0.0.1); others need keys in --config");
  command->add_option("--port", o.port, "Port to listen on (8080); 0 takes any free one");
  command
      ->add_option("--data-dir", o.folder.data_dir,
                   "Where the server keeps what it must remember: stored responses, models "
                   "(~/.local/share/peregrine)")
      ->type_name("DIR");
  command
      ->add_option("--models-dir", o.folder.models_dir,
                   "Folder whose models are loaded when they are asked for (models in the data folder)")
      ->type_name("DIR");
  command
      ->add_option("--config", o.config,
                   "TOML configuration file: keys, limits, the engine, draft models (docs/configuration.md); "
                   "flags win over it")
      ->type_name("FILE");
  command->add_option("--threads", o.threads, "Threads that compute (one per core)");
  add_kv_type(command, "--kv-type", o.kv_type, "Type of the KV cache (f16); q8_0 takes half the memory");
  command->add_flag("--allow-audio-urls", o.allow_audio_urls,
                    "Fetch recordings from public http and https addresses that clients name");
  command->add_flag("--allow-pulls", o.allow_pulls,
                    "Fetch models that an administrator orders, from public addresses");
  command->add_option("--log-level", o.log_level, "Least weight of what is logged (info)")
      ->check(CLI::IsMember({"debug", "info", "warning", "error", "off"}));
  command->add_option("--log-format", o.log_format, "Log lines as text or as JSON objects (text)")
      ->check(CLI::IsMember({"text", "json"}));
  command->footer(
      "Examples:\n"
      "  peregrine serve\n"
      "  peregrine serve --model llama-3.2-1b-instruct-q4_k_m.gguf\n"
      "  peregrine serve --model gpt-oss-20b\n"
      "  peregrine serve --config peregrine.toml --port 9000\n\n"
      "Clients use http://127.0.0.1:8080/openai/v1 (OpenAI) or http://127.0.0.1:8080 (Groq).");
  command->callback([&] { status = serve(o); });
}

void add_sampling(CLI::App* command, SamplingOptions& o) {
  command
      ->add_option("--max-tokens,-n", o.max_tokens, "Most tokens to generate (as many as the context holds)")
      ->check(CLI::PositiveNumber);
  command->add_option("--temperature", o.temperature, "0 is greedy; higher is more varied")
      ->check(CLI::Range(0.0, 2.0))
      ->capture_default_str();
  command->add_option("--top-p", o.top_p, "Nucleus: share of the probability to draw from")
      ->check(CLI::Range(0.0, 1.0))
      ->capture_default_str();
  command->add_option("--seed", o.seed, "Same seed, same text");
  command->add_option("--threads", o.threads, "Threads that compute (one per core)");
}

void add_chat(CLI::App& app, ChatOptions& o, int& status) {
  CLI::App* command = app.add_subcommand("chat", "Talk to a model in the terminal");
  command
      ->add_option("model", o.model,
                   "GGUF file, or a name in the models folder (the starter model in the box)")
      ->type_name("MODEL");
  command->add_option("--prompt,-p", o.prompt, "Ask this, print the answer and leave");
  command->add_option("--system", o.system, "System message");
  o.sampling.temperature = 0.7F;
  add_sampling(command, o.sampling);
  command->footer(
      "Examples:\n"
      "  peregrine chat\n"
      "  peregrine chat model.gguf\n"
      "  peregrine chat model.gguf -p \"Why is the sky blue?\" --temperature 0");
  command->callback([&] { status = chat(o); });
}

void add_complete(CLI::App& app, CompleteOptions& o, int& status) {
  CLI::App* command = app.add_subcommand("complete", "Continue raw text, without a chat template");
  command->add_option("model", o.model, "GGUF file")->required()->type_name("MODEL");
  command->add_option("--prompt,-p", o.prompt, "Text to continue")->required()->type_name("TEXT");
  add_sampling(command, o.sampling);
  command->footer(
      "Only the continuation goes to standard output.\n\n"
      "Example:\n"
      "  peregrine complete model.gguf -p \"Once upon a time\" -n 40");
  command->callback([&] { status = complete(o); });
}

void add_transcribe(CLI::App& app, TranscribeOptions& o, int& status) {
  CLI::App* command = app.add_subcommand("transcribe", "Write down what is said in recordings");
  command->add_option("files", o.files, "Recordings: flac, mp3, mp4, m4a, ogg, opus, wav, webm, ...")
      ->required()
      ->type_name("FILE");
  command
      ->add_option("--model,-m", o.model,
                   "Speech model: a .bin file of whisper.cpp, or a name in the models folder")
      ->type_name("MODEL")
      ->capture_default_str();
  command->add_option("--language,-l", o.language, "Language that is spoken, as de or German (detected)");
  command->add_flag("--translate", o.translate, "Write it in English, whatever is spoken");
  command->add_option("--prompt", o.prompt, "Text before the recording: names, spelling, style");
  command->add_flag("--words", o.words, "Times of words, too (with --json)");
  command->add_option("--beam", o.beam, "Beams of the search; 1 is greedy")
      ->check(CLI::Range(1, 8))
      ->capture_default_str();
  command->add_flag("--no-vad", o.no_vad, "Read silence and noise as well, not only what may be speech");
  command->add_flag("--no-context", o.no_context, "Hear each window without the text before it in mind");
  auto* srt =
      command->add_flag_callback("--srt", [&o] { o.output = TranscriptOutput::kSrt; }, "Write SubRip");
  auto* vtt =
      command->add_flag_callback("--vtt", [&o] { o.output = TranscriptOutput::kVtt; }, "Write WebVTT");
  auto* json = command->add_flag_callback(
      "--json", [&o] { o.output = TranscriptOutput::kJson; },
      "Write JSON with segments, as the API's verbose_json");
  srt->excludes(vtt)->excludes(json);
  vtt->excludes(json);
  command->add_option("--out,-o", o.out, "Folder for the transcripts, a file each (standard output)")
      ->type_name("DIR");
  add_folder(command, o.folder);
  command->add_option("--threads", o.threads, "Threads that compute (one per core)");
  command->footer(
      "'peregrine pull whisper-large-v3-turbo' gets a model. Several files are heard at once; the exit "
      "status is 1 if any of them failed.\n\n"
      "Examples:\n"
      "  peregrine transcribe interview.mp3\n"
      "  peregrine transcribe *.m4a --model ggml-base.bin --srt -o subtitles");
  command->callback([&] { status = transcribe(o); });
}

void add_inspect(CLI::App& app, InspectOptions& o, int& status) {
  CLI::App* command = app.add_subcommand("inspect", "Show what is in a GGUF file");
  command->add_option("file", o.file, "GGUF file")->required()->type_name("FILE");
  command->add_flag("--json", o.json, "Print JSON for programs");
  command->footer("Example:\n  peregrine inspect model.gguf | less");
  command->callback([&] { status = inspect(o); });
}

void add_logits(CLI::App& app, LogitsOptions& o, int& status) {
  CLI::App* command = app.add_subcommand("logits", "Write the logits of every position, to check numerics");
  command->add_option("model", o.model, "GGUF file")->required()->type_name("MODEL");
  command->add_option("--tokens", o.tokens, "Token ids, separated by commas")
      ->required()
      ->delimiter(',')
      ->type_name("1,2,3");
  command->add_option("--chunk", o.chunk, "Tokens fed per step (all at once)")->check(CLI::PositiveNumber);
  command->add_option("--start-position", o.start_position, "Position of the first token (0)")
      ->check(CLI::NonNegativeNumber);
  add_kv_type(command, "--kv", o.kv_type, "Type of the KV cache (f32)");
  command->add_option("--out", o.out, "File for row-major float32, one row per token")
      ->required()
      ->type_name("FILE");
  command->add_option("--threads", o.threads, "Threads that compute (one per core)");
  command->footer("Example:\n  peregrine logits model.gguf --tokens 1,403,407 --out logits.f32");
  command->callback([&] { status = logits(o); });
}

void add_bench(CLI::App& app, BenchOptions& o, int& status) {
  CLI::App* command = app.add_subcommand("bench", "Measure how fast this machine runs a model");
  command->add_option("model", o.model, "GGUF file, or a name in the models folder")
      ->required()
      ->type_name("MODEL");
  command->add_option("--prompt", o.prompt, "Tokens of each prompt (512)")->check(CLI::Range(1, 1 << 20));
  command->add_option("--generate", o.generate, "Tokens that each stream decodes while timed (64)")
      ->check(CLI::Range(1, 1 << 16));
  command->add_option("--streams", o.streams, "Prompts that are read and continued together (1)")
      ->check(CLI::Range(1, 256));
  command->add_option("--repeat", o.repeat, "Times to measure each cell; the median is shown")
      ->check(CLI::Range(1, 1000))
      ->capture_default_str();
  command->add_option("--threads", o.threads, "Threads that compute (one per core)")
      ->check(CLI::Range(1, 1024));
  add_kv_type(command, "--kv-type", o.kv_type, "Type of the KV cache (f16)");
  command->add_flag("--json", o.json, "Measure one cell and print JSON for programs");
  command->footer(
      "Without --prompt, --generate, --streams and --json, several cells: a prompt of 512 tokens, 1, 8 and\n"
      "16 streams, and a context of 4096 tokens where the model's holds that.\n"
      "GB/s and GMAC/s count the weights in use and what is read of the KV cache; peaks are measured "
      "first.\n\n"
      "Examples:\n"
      "  peregrine bench model.gguf\n"
      "  peregrine bench model.gguf --prompt 4096 --generate 128 --threads 2\n"
      "  peregrine bench model.gguf --streams 8 --prompt 64 --repeat 5 --json");
  command->callback([&] { status = benchmark(o); });
}

void add_tokenize(CLI::App& app, TokenizeOptions& o, int& status) {
  CLI::App* command = app.add_subcommand("tokenize", "Tokenise standard input");
  command->add_option("model", o.model, "GGUF file")->required()->type_name("MODEL");
  command->add_flag("--special", o.special,
                    "Add the model's begin and end tokens and recognise special tokens in the text");
  command->add_flag("--json", o.json, "Print JSON for programs");
  command->footer("Example:\n  printf 'Hello' | peregrine tokenize model.gguf");
  command->callback([&] { status = tokenize(o); });
}

void add_render(CLI::App& app, RenderOptions& o, int& status) {
  CLI::App* command = app.add_subcommand("render", "Show what a chat template makes of messages");
  auto* model = command->add_option("model", o.model, "GGUF file whose template to use")->type_name("MODEL");
  command->add_option("--template", o.template_file, "Template file instead of a model's")
      ->type_name("FILE")
      ->excludes(model);
  command->add_option("--context", o.context, "JSON object: messages, tools and variables")
      ->required()
      ->type_name("FILE.json");
  command->footer("Example:\n  peregrine render model.gguf --context conversation.json");
  command->callback([&] {
    if (o.model.empty() && o.template_file.empty()) {
      throw CLI::RequiredError("MODEL or --template");
    }
    status = render(o);
  });
}

// For benchmarks and tests; not in the list of commands.
void add_make_model(CLI::App& app, MakeModelOptions& o, int& status) {
  CLI::App* command = app.add_subcommand("make-model", "Write a model of random weights")->group("");
  command->add_option("--preset", o.request.preset, "Sizes of a known model, such as llama-3.2-1b (tiny)");
  command->add_option("--architecture", o.request.architecture,
                      "Architecture (that of the preset, or llama)");
  command->add_option("--type", o.request.type,
                      "Types of the weights: F32, Q8_0, Q4_K_M, MXFP4, ... (Q4_K_M; F16 for whisper)");
  for (std::size_t i = 0; i < synthetic::kSizeOptions; ++i) {
    const synthetic::SizeOption& size = synthetic::size_options()[i];
    command->add_option(std::string(size.flag), o.request.sizes[i], std::string(size.help));
  }
  command->add_option("--seed", o.request.seed, "Same seed, same file")->capture_default_str();
  command->add_option("--out", o.out, "File to write")->required()->type_name("FILE");
  command->footer(
      "Examples:\n"
      "  peregrine make-model --preset llama-3.2-1b --type Q4_K_M --out model.gguf\n"
      "  peregrine make-model --architecture qwen3moe --experts 16 --type Q8_0 --out tiny.gguf\n"
      "  peregrine make-model --preset whisper-base --type Q5_0 --out whisper.bin");
  command->callback([&] { status = make_model(o); });
}

void add_pull(CLI::App& app, PullOptions& o, int& status) {
  CLI::App* command = app.add_subcommand("pull", "Download a model");
  command
      ->add_option("model", o.model,
                   "Name in the catalogue, hf:ORG/REPO[:FILE] for a repository of the hub (FILE may be a "
                   "quantisation), or a URL")
      ->required()
      ->type_name("MODEL");
  add_folder(command, o.folder);
  command->add_option("--sha256", o.sha256, "Digest that a URL's file must have")->type_name("HEX");
  command->add_option("--connections", o.connections, "Connections to fetch a file over")
      ->check(CLI::Range(1, 16))
      ->capture_default_str();
  command->add_option("--timeout", o.stall_seconds, "Seconds without data before a connection is given up")
      ->check(CLI::Range(1, 3600))
      ->capture_default_str();
  command->footer(
      "A broken or stopped download goes on where it was when the command is given again.\n"
      "HF_TOKEN is sent to the hub, for models that need a login; HF_ENDPOINT names another hub.\n\n"
      "Examples:\n"
      "  peregrine pull gpt-oss-20b\n"
      "  peregrine pull hf:bartowski/gemma-2-9b-it-GGUF\n"
      "  peregrine pull hf:bartowski/gemma-2-9b-it-GGUF:Q8_0\n"
      "  peregrine pull https://example.org/model.gguf --models-dir /models");
  command->callback([&] { status = pull(o); });
}

void add_list(CLI::App& app, ListOptions& o, int& status) {
  CLI::App* command = app.add_subcommand("list", "List the models in the models folder");
  add_folder(command, o.folder);
  command->add_flag("--json", o.json, "Print JSON for programs");
  command->footer("Example:\n  peregrine list --json");
  command->callback([&] { status = list(o); });
}

void add_rm(CLI::App& app, RmOptions& o, int& status) {
  CLI::App* command = app.add_subcommand("rm", "Remove a model from the models folder");
  command->add_option("model", o.model, "Id or file name, as 'peregrine list' shows it")
      ->required()
      ->type_name("MODEL");
  command->add_flag("--yes,-y", o.yes, "Do not ask");
  add_folder(command, o.folder);
  command->footer("Example:\n  peregrine rm gpt-oss-20b --yes");
  command->callback([&] { status = rm(o); });
}

void add_data_dir(CLI::App* command, std::optional<std::filesystem::path>& data_dir) {
  command->add_option("--data-dir", data_dir, "Data folder (~/.local/share/peregrine)")->type_name("DIR");
}

void add_keys_create(CLI::App* keys, KeysCreateOptions& o, int& status) {
  CLI::App* command = keys->add_subcommand("create", "Make a key and show it, once");
  command->add_option("--name", o.name, "What to call it")->required()->type_name("NAME");
  command->add_option("--org", o.organisation, "Organisation that it belongs to")
      ->type_name("NAME")
      ->capture_default_str();
  command
      ->add_option("--scope", o.scopes,
                   "What it opens, with commas: all, chat, responses, embeddings, reranking, audio, models, "
                   "files, batches, fine_tunings, and admin, which is not part of all (all)")
      ->delimiter(',')
      ->type_name("SCOPE");
  command
      ->add_option("--models", o.models,
                   "Models it may use, with commas; 'llama-*' for all that begin so (all)")
      ->delimiter(',')
      ->type_name("MODEL");
  command
      ->add_option("--limit", o.limits,
                   "Limit per model, with commas: requests (rpm, rpd), tokens (tpm, tpd) or audio seconds "
                   "(ash, asd), per minute, hour or day; 0 is none")
      ->delimiter(',')
      ->type_name("rpm=60");
  command->add_option("--expires", o.expires, "When it stops working: 12h, 30d, or a day (never)")
      ->type_name("TIME");
  add_data_dir(command, o.data_dir);
  command->footer(
      "Only the key goes to standard output.\n\n"
      "Examples:\n"
      "  peregrine keys create --name laptop\n"
      "  peregrine keys create --name lab --org acme --scope chat,embeddings --limit rpm=60,tpm=20000\n"
      "  peregrine keys create --name reports --scope admin --expires 90d");
  command->callback([&] { status = keys_create(o); });
}

void add_keys(CLI::App& app, AllOptions& o, int& status) {
  CLI::App* keys = app.add_subcommand("keys", "Make, list and revoke keys of the API");
  keys->require_subcommand(1);
  keys->footer("A running server takes notice when it is sent SIGHUP. See docs/keys.md.");
  add_keys_create(keys, o.keys_create, status);
  CLI::App* list = keys->add_subcommand("list", "List the keys, those that were revoked, too");
  list->add_flag("--json", o.keys_list.json, "Print JSON for programs");
  add_data_dir(list, o.keys_list.data_dir);
  list->footer("Example:\n  peregrine keys list --json");
  list->callback([&] { status = keys_list(o.keys_list); });
  CLI::App* revoke = keys->add_subcommand("revoke", "Make a key useless, for good");
  revoke->add_option("key", o.keys_revoke.key, "Its id, or its name if no other valid key has it")
      ->required()
      ->type_name("KEY");
  add_data_dir(revoke, o.keys_revoke.data_dir);
  revoke->footer("Example:\n  peregrine keys revoke laptop");
  revoke->callback([&] { status = keys_revoke(o.keys_revoke); });
}

void add_usage(CLI::App& app, UsageOptions& o, int& status) {
  CLI::App* command = app.add_subcommand("usage", "Show what was used, by day, key and model");
  command->add_option("--from", o.from, "First day, such as 2026-11-01 (30 days ago)")->type_name("DAY");
  command->add_option("--to", o.to, "Last day (today, UTC)")->type_name("DAY");
  command
      ->add_option("--by", o.by,
                   "What to tell apart, with commas: day, organisation, key, model (day,key,model)")
      ->type_name("NAMES");
  auto* csv = command->add_flag("--csv", o.csv, "Print CSV, with the ids of keys");
  command->add_flag("--json", o.json, "Print JSON for programs")->excludes(csv);
  add_data_dir(command, o.data_dir);
  command->footer(
      "Examples:\n"
      "  peregrine usage\n"
      "  peregrine usage --from 2026-11-01 --to 2026-11-30 --by organisation,model --csv");
  command->callback([&] { status = usage(o); });
}

void add_doctor(CLI::App& app, DoctorOptions& o, int& status) {
  CLI::App* command = app.add_subcommand("doctor", "Check that everything in the data folder is whole");
  command->add_option("--data-dir", o.data_dir, "Data folder (~/.local/share/peregrine)")->type_name("DIR");
  command->add_flag("--remove-orphans", o.remove_orphans,
                    "Delete what nothing refers to: what uploads that were cut short have left");
  command->footer(
      "Reads the database, the content of every uploaded file and adapter, and the answers of batches under\n"
      "way, also while a server runs. Ends with 1 if anything is lost or damaged; orphans alone are no "
      "harm.\n\n"
      "Example:\n  peregrine doctor --data-dir /var/lib/peregrine");
  command->callback([&] { status = doctor(o); });
}

int parse_and_run(int argc, char** argv) {
  CLI::App app("Peregrine: a self-hosted inference server that speaks Groq's API");
  app.set_version_flag("--version", "peregrine " PEREGRINE_VERSION);
  app.require_subcommand(1);
  app.footer("See 'peregrine COMMAND --help' for a command's options and examples.");
  AllOptions options;
  int status = 0;
  add_serve(app, options.serve, status);
  add_chat(app, options.chat, status);
  add_complete(app, options.complete, status);
  add_transcribe(app, options.transcribe, status);
  add_inspect(app, options.inspect, status);
  add_logits(app, options.logits, status);
  add_bench(app, options.bench, status);
  add_tokenize(app, options.tokenize, status);
  add_render(app, options.render, status);
  add_pull(app, options.pull, status);
  add_list(app, options.list, status);
  add_rm(app, options.rm, status);
  add_keys(app, options, status);
  add_usage(app, options.usage, status);
  add_doctor(app, options.doctor, status);
  add_make_model(app, options.make_model, status);
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    return app.exit(error) == 0 ? 0 : kUsageError;
  }
  return status;
}

}  // namespace

int run_command_line(int argc, char** argv) {
  try {
    return parse_and_run(argc, argv);
  } catch (const std::exception& error) {
    // Only libraries throw, and their rooms catch; what arrives here is out of memory or a bug.
    std::cerr << "peregrine: internal error: " << error.what() << "\n";
    return 1;
  }
}

}  // namespace peregrine::app
