#!/usr/bin/env bash
# Makes the sound files of the decoder's tests from one sentence: make_fixtures.sh FOLDER
# Needs espeak-ng, sox (with mp3) and ffmpeg.
set -euo pipefail

mkdir -p "$1"
cd "$1"

ff() { ffmpeg -nostdin -hide_banner -loglevel error -y "$@"; }

espeak-ng -v en -s 150 -w spoken.wav 'The peregrine falcon stoops upon its prey at great speed, and seldom misses.'
sox spoken.wav -b 16 -r 44100 speech.wav rate -v gain -3

# What everything is compared with: sox's own resampling, raw F32.
sox speech.wav -t f32 -r 16000 reference.f32 rate -v
# The same at the rate it is wanted in: must come out bit by bit.
sox speech.wav -b 16 -r 16000 r16000.wav rate -v
sox r16000.wav -t f32 r16000.f32

# Formats.
ff -i speech.wav -c:a flac speech.flac
ff -i speech.wav -c:a libmp3lame -b:a 128k speech.mp3
cp speech.mp3 speech.mpga
ff -i speech.wav -c:a aac -b:a 128k speech.mp4
ff -i speech.wav -c:a aac -b:a 128k speech.m4a
ff -i speech.wav -c:a aac -b:a 128k -movflags +frag_keyframe+empty_moov fragmented.m4a
ff -i speech.wav -c:a alac alac.m4a
ff -i speech.wav -c:a aac -b:a 128k speech.aac
ff -i speech.wav -c:a mp2 -b:a 192k speech.mp2
ff -i speech.wav -c:a mp2 -b:a 192k -f mpeg speech.mpeg
ff -i speech.wav -c:a ac3 -b:a 192k -f mpeg ac3.mpeg
ff -i speech.wav -c:a aac -b:a 128k -f mpegts speech.ts
ff -i speech.wav -c:a libvorbis -q:a 6 speech.ogg
ff -i speech.wav -c:a flac -f ogg flac.ogg
ff -i speech.wav -c:a libopus -b:a 96k speech.opus
ff -i speech.wav -c:a libopus -b:a 96k speech.webm
ff -i speech.wav -c:a libvorbis -q:a 6 vorbis.webm
ff -i speech.wav -c:a pcm_s16le speech.mkv
for codec in pcm_u8 pcm_s24le pcm_s32le pcm_f32le pcm_f64le pcm_alaw pcm_mulaw adpcm_ms adpcm_ima_wav; do
  ff -i speech.wav -c:a "$codec" "$codec.wav"
done
ff -i speech.wav -c:a wmav2 speech.wma
ff -i speech.wav -c:a wmav2 wma.mkv

# With pictures, moving and still.
moving=(-f lavfi -i testsrc=size=64x48:rate=5 -shortest)
ff -i speech.wav "${moving[@]}" -c:v mpeg4 -c:a aac -b:a 128k video.mp4
ff -i speech.wav "${moving[@]}" -c:v libvpx -b:v 50k -c:a libopus -b:a 96k video.webm
ff -i speech.wav "${moving[@]}" -r 25 -c:v mpeg1video -c:a mp2 -b:a 192k -f mpeg video.mpeg
ff -f lavfi -i testsrc=size=64x48:rate=5:duration=1 -c:v mpeg4 silent_film.mp4
ff -i speech.wav -f lavfi -i testsrc=size=512x512:duration=1 -map 0 -map 1 -frames:v 1 -c:v png -c:a libmp3lame \
  -b:a 128k -disposition:v attached_pic cover.mp3
# Two tracks: the sentence first, a tone second.
ff -i speech.wav -f lavfi -i sine=frequency=1000:duration=2 -map 0 -map 1 -c:a aac -b:a 128k two_tracks.m4a

# Rates and channels.
for rate in 8000 11025 22050 44100 48000 96000; do
  sox speech.wav -b 16 -r "$rate" "r$rate.wav" rate -v
  ff -i "r$rate.wav" "r$rate.flac"
done
ff -i speech.wav -af 'pan=stereo|c0=c0|c1=c0' stereo.wav
ff -i speech.wav -af 'pan=stereo|c0=c0|c1=0*c0' left.wav
ff -i speech.wav -af 'pan=5.1|FC=c0' centre.wav
sox speech.wav ten_channels.wav remix 1 1 1 1 1 1 1 1 1 1

# Format changes in the middle.
ff -i r22050.wav -c:a libmp3lame -b:a 64k -write_xing 0 -id3v2_version 0 half.mp3
ff -i stereo.wav -c:a libmp3lame -b:a 128k -write_xing 0 -id3v2_version 0 whole.mp3
cat whole.mp3 half.mp3 > changing.mp3
ff -i r22050.wav -c:a libvorbis half.ogg
cat speech.ogg half.ogg > chained.ogg

# Short, to be mutated and cut.
sox speech.wav short.wav trim 0.5 0.3
for name in short.flac short.mp3 short.m4a short.ogg short.opus short.webm short.mpeg short.ts short.aac; do
  ff -i short.wav "$name"
done
sox speech.wav blink.wav trim 0.5 0.005

# Long: three hours of the sentence and pauses; a day of nothing in a few megabytes.
sox r8000.wav paused.wav pad 0 8
ff -stream_loop -1 -i paused.wav -t 10800 -c:a flac -compression_level 0 three_hours.flac
ff -f lavfi -i anullsrc=r=1000:cl=mono -t 86400 -c:a flac -sample_fmt s16 day_of_silence.flac
rm -f paused.wav
